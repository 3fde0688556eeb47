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
 * @returns {Company[]} most requests first, and so are their hosts.
 */
export function byCompany(stopped) {
  const companies = [...grouped(stopped, (one) => one.company)].map(([name, requests]) => ({
    name,
    count: sum(requests),
    purposes: [...new Set(requests.map((one) => one.purpose).filter(Boolean))],
    hosts: [...grouped(requests, (one) => one.host)]
      .map(([host, ofHost]) => ({ host, count: sum(ofHost), requests: ofHost }))
      .sort(mostFirst),
  }));
  return companies.sort(mostFirst);
}

/** @param {{ count: number }} one @param {{ count: number }} other */
const mostFirst = (one, other) => other.count - one.count;

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
