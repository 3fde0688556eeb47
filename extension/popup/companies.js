/**
 * Stopped requests, grouped as a person would ask: who, through which host, what.
 *
 * @import { Stopped } from '../types.js'
 */

/**
 * @typedef {object} Company
 * @property {string} name
 * @property {number} count
 * @property {string[]} purposes
 * @property {{ host: string, requests: Stopped[] }[]} hosts
 */

/**
 * @param {Stopped[]} stopped
 * @returns {Company[]} most requests first.
 */
export function byCompany(stopped) {
  const companies = [...grouped(stopped, (one) => one.company)].map(([name, requests]) => ({
    name,
    count: sum(requests),
    purposes: [...new Set(requests.map((one) => one.purpose).filter(Boolean))],
    hosts: [...grouped(requests, (one) => one.host)].map(([host, ofHost]) => ({ host, requests: ofHost })),
  }));
  return companies.sort((one, other) => other.count - one.count);
}

/** @param {Stopped[]} requests @param {(one: Stopped) => string} keyOf */
function grouped(requests, keyOf) {
  /** @type {Map<string, Stopped[]>} */
  const groups = new Map();
  for (const one of requests) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

/** @param {Stopped[]} requests */
function sum(requests) {
  return requests.reduce((total, one) => total + one.count, 0);
}
