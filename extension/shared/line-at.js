/** Lines of lists, found in their bytes. */

const [LINE_FEED, RETURN] = [10, 13];
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * A line as the compiler counts them (`src/list/reader.rs`): it ends with `\n`, `\r\n` or a lone `\r`.
 *
 * @param {Uint8Array} bytes
 * @param {number} number counted from 1
 * @returns {string} without blanks around it; empty if there is none
 */
export function lineAt(bytes, number) {
  let start = BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte) ? BYTE_ORDER_MARK.length : 0;
  const next = (/** @type {number} */ byte) => {
    const at = bytes.indexOf(byte, start);
    return at < 0 ? bytes.length : at;
  };
  let [feed, back] = [next(LINE_FEED), next(RETURN)];
  for (let line = 1; line < number; line += 1) {
    const end = Math.min(feed, back);
    if (end === bytes.length) return '';
    start = end + (end === back && feed === back + 1 ? 2 : 1);
    if (feed < start) feed = next(LINE_FEED);
    if (back < start) back = next(RETURN);
  }
  const text = new TextDecoder().decode(bytes.subarray(start, Math.min(feed, back)));
  // Rust's blanks, of which `trim` lacks one, and takes another.
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
}
