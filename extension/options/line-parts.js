/** What a filter line is made of, as far as the editor colours it; what it means is the compiler's to say. */

/** @typedef {{ kind: 'comment' | 'allows' | 'options' | 'dead', start: number, end: number }} Part */

/** Where what hides parts of pages, or puts scripts into them, begins: nothing here acts on that. */
const COSMETIC = /#(?:@|\?|\$|%|@\?|@\$|@%)*#/;

/** Options: from the last dollar sign that a letter or `~` follows. */
const OPTIONS = /\$(?=[~\w])[^$]*$/;

/** @param {string} line @returns {Part[]} from left to right; what is in none of them is the pattern */
export function partsOf(line) {
  const words = line.trimStart();
  const start = line.length - words.length;
  if (words === '') return [];
  if (/^(?:!|#(?![#@?$%])|\[)/.test(words)) return [{ kind: 'comment', start, end: line.length }];
  if (COSMETIC.test(words)) return [{ kind: 'dead', start, end: line.length }];
  const options = OPTIONS.exec(line);
  return [
    ...(words.startsWith('@@') ? [/** @type {Part} */ ({ kind: 'allows', start, end: start + 2 })] : []),
    ...(options ? [/** @type {Part} */ ({ kind: 'options', start: options.index, end: line.length })] : []),
  ];
}
