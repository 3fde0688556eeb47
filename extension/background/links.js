/**
 * Cleaning links as the user has chosen.
 *
 * @import { Cleaned, CleanedText, CleanOptions, Settings, Tier } from '../types.js'
 */

import * as settings from '../shared/settings.js';
import { hostOf, isWithin } from '../shared/site.js';
import { engine } from './engine.js';

const LONGEST_TEXT = 4_000_000;

/**
 * @param {Settings} chosen
 * @param {Tier} tier
 * @returns {CleanOptions}
 */
export function cleanOptions(chosen, tier) {
  return { tier, referral: chosen.removeReferral, keep: chosen.keep };
}

/**
 * A link as it should be shared.
 *
 * @param {string} url
 * @returns {Promise<Cleaned>}
 */
export async function cleanLink(url) {
  const [ready, chosen] = await Promise.all([engine(), settings.load()]);
  return ready.clean(url, cleanOptions(chosen, 'share'));
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
  return ready.cleanText(text, cleanOptions(chosen, 'share'));
}

/**
 * What a page's copy button should have written: only a lone link changes, and only where the user leaves cleaning on.
 *
 * @param {{ text: string }} copied
 * @returns {Promise<{ text: string }>}
 */
export async function cleanCopied({ text }) {
  if (!isLoneLink(text)) return { text };
  const [ready, chosen] = await Promise.all([engine(), settings.load()]);
  const off = chosen.linksOff.some((site) => isWithin(hostOf(text), site));
  if (!chosen.cleanCopied || off) return { text };
  return { text: ready.clean(text, cleanOptions(chosen, 'share')).url };
}

/** @param {unknown} text */
export function isLoneLink(text) {
  return typeof text === 'string' && text.length <= 65_536 && /^https?:\/\/\S+$/i.test(text);
}
