/**
 * Runs in every page and frame, in a world of Detick's own. Pages of TikTok's own site are cleared of what stands over
 * a visitor's video; the player that we put in ourselves is left alone, and listened to for what it is refused.
 */

import { hostOf, isWithin } from '../shared/site.js';
import * as clearView from './clear-view.js';
import * as embeds from './embeds.js';
import * as identifiers from './identifiers.js';
import * as player from './player.js';

// A frame without an address of its own belongs to the page that made it.
const site = (hostOf(location.href) || hostOf(globalThis.origin)).replace(/^www\./, '');

if (!isWithin(site, 'tiktok.com')) {
  embeds.watch();
  identifiers.watch(site);
} else if (window.top === window) {
  clearView.watch();
} else {
  player.watch();
}
