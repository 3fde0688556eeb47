// Which hosts are TikTok's and its sister companies', by data/domains.txt, and which names sound like theirs.

import { isWithin } from '../../extension/shared/site.js';

/**
 * @typedef {object} Family
 * @property {(host: string) => boolean} has whether a host is below one of the table's domains
 * @property {(text: string) => boolean} soundsLike whether a part of a name begins as those of the table do
 * @property {(text: string) => boolean} isIn whether a text names one of the domains, or what sounds like them
 */

/** Shorter beginnings are in other people's names, too. */
const SHORTEST = 5;

/**
 * @param {string} table data/domains.txt
 * @returns {Family}
 */
export function familyOf(table) {
  const rows = table.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const domains = rows.map((row) => row.split(' ')[0] ?? '');
  const companies = rows.map((row) => row.split(' ').slice(3).join('').toLowerCase().replace(/\W/g, ''));
  const words = [...new Set([...companies, ...sharedBeginnings(domains)])].filter((word) => word.length >= SHORTEST);
  const name = new RegExp(`(?<![a-z0-9])(?:${words.join('|')})`, 'i');
  const domain = new RegExp(domains.map((one) => one.replaceAll('.', '\\.')).join('|'), 'i');
  return {
    isIn: (text) => name.test(text) || domain.test(text),
    has: (host) => domains.some((domain) => isWithin(host, domain)),
    soundsLike: (text) => name.test(text),
  };
}

/**
 * The words that several domains begin with: one domain may be called by a word that others use.
 *
 * @param {string[]} domains
 */
function sharedBeginnings(domains) {
  const words = new Set(domains.map((domain) => /^[a-z]+/.exec(domain)?.[0] ?? ''));
  return [...words].filter((word) => domains.filter((domain) => domain.startsWith(word)).length > 2);
}
