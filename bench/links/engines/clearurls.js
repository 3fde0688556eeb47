// ClearURLs is published as an extension, not as a library: this is what its format of rules says, in its order.
// Regexes are compiled once; the extension makes each anew for every parameter, which costs it half as much again.

/** @import { CleaningEngine } from '../../types.js' */

/**
 * @typedef {object} Provider
 * @property {RegExp} applies
 * @property {boolean} complete it is blocked as a whole: nothing of its links is cleaned
 * @property {RegExp[]} exceptions
 * @property {RegExp[]} redirections the first group is where they lead
 * @property {RegExp[]} raw what is cut out of the link
 * @property {RegExp[]} parameters
 */

/** @type {CleaningEngine} */
export default {
  name: "ClearURLs' algorithm, JS, its own rules",
  load({ clearUrls }) {
    const providers = Object.values(JSON.parse(clearUrls).providers).map(compile);
    return { clean: (link) => untilStill(link, providers) };
  },
};

/** @param {Record<string, any>} provider as published @returns {Provider} */
function compile({ urlPattern, completeProvider, exceptions = [], redirections = [], rawRules = [], rules = [] }) {
  const regexes = (/** @type {string[]} */ sources) => sources.map((source) => new RegExp(source, 'i'));
  return {
    applies: new RegExp(urlPattern, 'i'),
    complete: completeProvider === true,
    exceptions: regexes(exceptions),
    redirections: regexes(redirections),
    raw: rawRules.map((/** @type {string} */ source) => new RegExp(source, 'gi')),
    parameters: regexes(rules.map((/** @type {string} */ rule) => `^${rule}$`)),
  };
}

/** @param {string} link @param {Provider[]} providers @returns {string} cleaned again until nothing changes */
function untilStill(link, providers) {
  let [before, after] = ['', link];
  while (before !== after) {
    before = after;
    after = providers.reduce((url, provider) => cleanBy(provider, url), before);
  }
  return after;
}

/** @param {Provider} provider @param {string} link @returns {string} */
function cleanBy({ applies, complete, exceptions, redirections, raw, parameters }, link) {
  if (!applies.test(link) || exceptions.some((exception) => exception.test(link)) || complete) return link;
  for (const redirection of redirections) {
    const target = redirection.exec(link)?.[1];
    if (target !== undefined) return decoded(target);
  }
  const url = new URL(raw.reduce((text, regex) => text.replace(regex, ''), link));
  const query = new URLSearchParams(url.search);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const removed = removeFrom(query, parameters) + removeFrom(fragment, parameters);
  if (removed === 0) return raw.length === 0 ? link : url.href;
  url.search = query.toString();
  url.hash = fragment.toString().replace(/=(?=&|$)/g, '');
  return url.href;
}

/** @param {URLSearchParams} from @param {RegExp[]} parameters @returns {number} how many were removed */
function removeFrom(from, parameters) {
  const names = [...from.keys()].filter((name) => parameters.some((parameter) => parameter.test(name)));
  for (const name of names) from.delete(name);
  return names.length;
}

/** @param {string} target @returns {string} */
function decoded(target) {
  try {
    const address = decodeURIComponent(target);
    return /^https?:/i.test(address) ? address : `http://${address}`;
  } catch {
    return target; // not encoded as an address is: it stays as it stands
  }
}
