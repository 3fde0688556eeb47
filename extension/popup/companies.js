/**
 * Stopped requests, grouped as a person would ask: who, through which host, what.
 *
 * @import { Stopped } from '../types.js'
 */

/**
 * @typedef {object} Host
 * @property {string} host
 * @property {number} count
 * @property {Stopped[]} requests
 */

/**
 * @typedef {object} Company
 * @property {string} name
 * @property {number} count
 * @property {string[]} purposes
 * @property {Host[]} hosts
 */

/**
 * @param {Stopped[]} stopped
 * @returns {Company[]} in the order in which they were met, and so are their hosts: nothing changes places while more
 *   is counted
 */
export function byCompany(stopped) {
  return [...grouped(stopped, (one) => one.company)].map(([name, requests]) => ({
    name,
    count: sum(requests),
    purposes: [...new Set(requests.map(purposeOf).filter(Boolean))],
    hosts: [...grouped(requests, (one) => one.host)].map(([host, ofHost]) => ({
      host,
      count: sum(ofHost),
      requests: ofHost,
    })),
  }));
}

/**
 * What a request is for: a player comes from TikTok's own site, and is there as a video of another page.
 *
 * @param {Stopped} one
 */
export function purposeOf({ list, purpose }) {
  return list === 'embeds.txt' && purpose === 'site' ? 'embed' : purpose;
}

/** @param {Stopped[]} requests @param {(one: Stopped) => string} keyOf */
function grouped(requests, keyOf) {
  /** @type {Map<string, Stopped[]>} */
  const groups = new Map();
  for (const one of requests) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

/** @param {Stopped[]} requests */
function sum(requests) {
  return requests.reduce((total, one) => total + one.count, 0);
}
