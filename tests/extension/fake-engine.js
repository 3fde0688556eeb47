/**
 * An engine with three rules, for tests of what happens around it: hosts that begin with `analytics.` are blocked
 * (their `events.js` gets a surrogate), `ttclid` goes from every link, and go.example is a redirector.
 *
 * @import { Cleaned, CleanOptions, Engine, Verdict } from '../../extension/types.js'
 */

const LINE = { list: 'tiktok.txt', line: 7, company: 'TikTok', purpose: 'pixel' };

/** @param {string} url @param {CleanOptions} options @returns {Cleaned} */
function clean(url, { keep }) {
  const target = /^https:\/\/go\.example\/\?u=(.+)$/.exec(url)?.[1];
  if (target) return { url: decodeURIComponent(target), removed: [], unwrapped: ['go.example'] };
  if (!/[?&#]ttclid=/.test(url) || keep.some(({ name }) => name === 'ttclid'))
    return { url, removed: [], unwrapped: [] };
  const cleaned = url
    .replace(/([?&#])ttclid=[^&#]*(&?)/, (_, before, after) => (after ? before : ''))
    .replace(/[?&]$/, '');
  return {
    url: cleaned,
    removed: [{ name: 'ttclid', rule: '$removeparam=ttclid', why: 'the ad you clicked' }],
    unwrapped: [],
  };
}

/** @param {string} url @param {string} _ @param {string} type @returns {Verdict | undefined} */
function check(url, _, type) {
  if (!/^https:\/\/analytics\./.test(url)) return undefined;
  if (!url.includes('/events.js') || !/^(script|xmlhttprequest)$/.test(type))
    return { action: 'block', filter: '||analytics.', ...LINE };
  return { action: 'redirect', surrogate: 'ttq.js', filter: '/events.js$script,redirect=ttq.js', ...LINE };
}

/** @type {Engine} */
export const fakeEngine = {
  check,
  listBit: () => 0,
  clean,
  cleanText: (text, options) => {
    const links = [...text.matchAll(/https?:\/\/[^\s)]+/g)].map((found) => {
      const end = found.index + found[0].length;
      return { ...clean(found[0], options), start: found.index, end };
    });
    return { text: '', links };
  },
  tracker: () => undefined,
  isReport: () => false,
  learned: () => [],
};

/** In place of `engine/engine.js`, for tests of the whole background. */
export const engine = async () => fakeEngine;
export const engineNow = () => fakeEngine;
export const change = async () => undefined;
export const onIncomplete = () => undefined;
