/**
 * Which lines of a long list are drawn: those in sight and some around, whatever their number. All have the height of
 * one line, but for those whose details are shown.
 */

/**
 * A line that is drawn.
 *
 * @template {{ id: number }} T
 * @typedef {object} Place
 * @property {T} entry
 * @property {number} index in the whole list
 * @property {number} top px from the list's beginning
 */

/**
 * @template {{ id: number }} T
 * @param {readonly T[]} all
 * @param {(entry: T) => number} heightOf in px
 * @param {{ from: number, to: number }} sight px from the list's beginning
 * @param {readonly (number | undefined)[]} kept Ids of lines that are drawn wherever they are, and those beside them:
 *   what has the focus keeps it, and goes on from there.
 * @returns {{ places: Place<T>[], height: number }} in the list's order; the height of all
 */
export function inSight(all, heightOf, { from, to }, kept) {
  const indices = kept.map((id) => (id === undefined ? -1 : all.findIndex((entry) => entry.id === id)));
  const isKept = (/** @type {number} */ index) => indices.some((at) => at >= 0 && Math.abs(index - at) <= 1);
  /** @type {Place<T>[]} */
  const places = [];
  let height = 0;
  for (const [index, entry] of all.entries()) {
    const top = height;
    height += heightOf(entry);
    if ((height >= from && top <= to) || isKept(index)) places.push({ entry, index, top });
  }
  return { places, height };
}
