/**
 * Cleaning links as the user has chosen. Pages that show links use this too, with an engine of their own.
 *
 * @import { Cleaned, CleanedText, CleanOptions, Engine, FoundLink, Settings, Tier } from '../types.js'
 */

import * as settings from '../stored/settings.js';
import { engine } from './engine.js';

const LONGEST_TEXT = 4_000_000;
const LONGEST_COPIED = 65_536;

/**
 * @param {Settings} chosen
 * @param {Tier} tier
 * @returns {CleanOptions}
 */
export function cleanOptions(chosen, tier) {
  return { tier, referral: chosen.removeReferral, keep: chosen.keep };
}

/**
 * How much goes from a link that is copied or shared.
 *
 * @param {Settings} chosen
 * @returns {Tier}
 */
export function sharingTier(chosen) {
  return chosen.cleanMore ? 'share' : 'navigation';
}

/**
 * One link, cleaned unless its site is to be left alone.
 *
 * @param {Engine} engine
 * @param {Settings} chosen
 * @param {string} url
 * @param {Tier} tier
 * @returns {Cleaned}
 */
export function cleanWith(engine, chosen, url, tier) {
  if (settings.isLeftAlone(chosen, url)) return { url, removed: [], unwrapped: [] };
  return engine.clean(url, cleanOptions(chosen, tier));
}

/**
 * A link as it should be shared.
 *
 * @param {string} url
 * @returns {Promise<Cleaned>}
 */
export async function cleanLink(url) {
  const [ready, chosen] = await Promise.all([engine(), settings.load()]);
  return cleanWith(ready, chosen, url, sharingTier(chosen));
}

/**
 * A text with every link in it as it should be shared.
 *
 * @param {string} text
 * @returns {Promise<CleanedText>}
 * @throws {Error} if the text is too long to be meant.
 */
export async function cleanText(text) {
  if (text.length > LONGEST_TEXT) throw new Error('The text is longer than four million characters.');
  const [ready, chosen] = await Promise.all([engine(), settings.load()]);
  const found = ready.cleanText(text, cleanOptions(chosen, sharingTier(chosen))).links;
  const links = found.map((link) => spared(chosen, text.slice(link.start, link.end), link));
  return { text: assemble(text, links), links };
}

/** @param {Settings} chosen @param {string} url @param {FoundLink} link @returns {FoundLink} */
function spared(chosen, url, link) {
  return settings.isLeftAlone(chosen, url) ? { ...link, url, removed: [], unwrapped: [] } : link;
}

/**
 * The text with each link in its place.
 *
 * @param {string} text
 * @param {{ url: string, start: number, end: number }[]} links in order, not overlapping
 */
export function assemble(text, links) {
  let at = 0;
  let assembled = '';
  for (const link of links) {
    assembled += text.slice(at, link.start) + link.url;
    at = link.end;
  }
  return assembled + text.slice(at);
}

/**
 * What a page's copy button should have written: only a lone link changes, and only where the user leaves cleaning on.
 * What stands behind it without a space is no part of it, and stays.
 *
 * @param {{ text: string }} copied
 * @returns {Promise<{ text: string }>}
 */
export async function cleanCopied({ text }) {
  if (!isLoneLink(text)) return { text };
  const chosen = await settings.load();
  return { text: chosen.cleanCopied ? (await cleanText(text)).text : text };
}

/** @param {unknown} text */
export function isLoneLink(text) {
  return typeof text === 'string' && text.length <= LONGEST_COPIED && /^https?:\/\/\S+$/i.test(text);
}
