/**
 * Runs in every page and frame, in a world of Detick's own, but for the pages of TikTok's own site and the player that
 * we put in ourselves.
 */

import { hostOf, isWithin } from '../shared/site.js';
import * as embeds from './embeds.js';
import * as identifiers from './identifiers.js';

// A frame without an address of its own belongs to the page that made it.
const site = (hostOf(location.href) || hostOf(globalThis.origin)).replace(/^www\./, '');

if (!isWithin(site, 'tiktok.com')) {
  embeds.watch();
  identifiers.watch(site);
}
