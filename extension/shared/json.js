/** Where a text stops being JSON. Browsers say that in different words, or not at all. */

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/uy;
const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** @typedef {'value' | 'first value' | 'name' | 'first name' | 'colon' | 'comma'} Expected */

/**
 * @param {string} text that `JSON.parse` refused
 * @returns {{ line: number, column: number }} counted from 1: of the first thing that cannot stand where it stands, or
 *   of the end
 */
export function mistakeIn(text) {
  const before = text.slice(0, mistakeAt(text)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** @param {string} text @returns {number} an offset */
function mistakeAt(text) {
  /** What closes the objects and lists around. @type {string[]} */
  const closing = [];
  /** @type {Expected} */
  let expected = 'value';
  let at = 0;
  for (;;) {
    at = endOf(SPACE, text, at) ?? at;
    const sign = text.charAt(at);
    let end = at + 1;
    if (mayEnd(expected) && sign === closing.at(-1)) {
      closing.pop();
      expected = 'comma';
    } else if (expected === 'comma') {
      if (sign !== ',' || closing.length === 0) return at;
      expected = closing.at(-1) === '}' ? 'name' : 'value';
    } else if (expected === 'colon') {
      if (sign !== ':') return at;
      expected = 'value';
    } else if (expected === 'name' || expected === 'first name') {
      end = endOf(STRING, text, at) ?? at;
      expected = 'colon';
    } else if (sign === '{' || sign === '[') {
      closing.push(sign === '{' ? '}' : ']');
      expected = sign === '{' ? 'first name' : 'first value';
    } else {
      end = endOf(STRING, text, at) ?? endOf(NUMBER_OR_WORD, text, at) ?? at;
      expected = 'comma';
    }
    if (end === at) return at;
    at = end;
  }
}

/** Whether an object or a list may end here. @param {Expected} expected */
function mayEnd(expected) {
  return expected === 'comma' || expected === 'first value' || expected === 'first name';
}

/**
 * @param {RegExp} pattern sticky
 * @param {string} text
 * @param {number} at
 * @returns {number | undefined} where what it matches ends
 */
function endOf(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
