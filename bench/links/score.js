// How right a cleaner is, parameter by parameter.

/** @import { LabelledLink, LinkScore } from '../types.js' */

/**
 * Recall: of the parameters that should go, how many went. Precision: of those that went, how many should. A link that
 * leads to another host when it is clean counts as one parameter, which went if the result is exactly that. `spoilt`
 * are links in which something that stayed was written anew.
 *
 * @param {LabelledLink[]} links
 * @param {(link: string) => string} clean
 * @returns {LinkScore}
 */
export function scoreOf(links, clean) {
  const sum = { right: 0, wanted: 0, went: 0, spoilt: 0, threw: 0 };
  for (const { link, clean: expected } of links) {
    let result = link;
    try {
      result = clean(link);
    } catch {
      sum.threw += 1; // the link stays as it is, and counts as such
    }
    const score =
      place(link) === place(expected) ? byParameters(link, expected, result) : asWhole(link, expected, result);
    sum.right += score.right;
    sum.wanted += score.wanted;
    sum.went += score.went;
    sum.spoilt += score.spoilt ? 1 : 0;
  }
  return {
    recall: sum.right / sum.wanted,
    precision: sum.right / sum.went,
    spoilt: sum.spoilt,
    threw: sum.threw,
    links: links.length,
  };
}

/** @param {string} link @param {string} expected @param {string} result */
function byParameters(link, expected, result) {
  const all = parametersOf(link);
  const wanted = without(all, parametersOf(expected));
  const went = without(all, parametersOf(result));
  const right = went.length - without(went, wanted).length;
  return { right, wanted: wanted.length, went: went.length, spoilt: without(parametersOf(result), all).length > 0 };
}

/** @param {string} link @param {string} expected @param {string} result */
function asWhole(link, expected, result) {
  return { right: result === expected ? 1 : 0, wanted: 1, went: result === link ? 0 : 1, spoilt: false };
}

/** @param {string} link @returns {string} all but parameters and fragment */
function place(link) {
  return link.split(/[?#]/, 1)[0] ?? '';
}

/** @param {string} link @returns {string[]} */
function parametersOf(link) {
  return link
    .split(/[?&#]/)
    .slice(1)
    .filter((parameter) => parameter !== '');
}

/** @param {string[]} all @param {string[]} some @returns {string[]} what is left of all */
function without(all, some) {
  const left = [...some];
  return all.filter((one) => {
    const at = left.indexOf(one);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}
