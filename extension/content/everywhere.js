/**
 * Runs in every page and frame, in a world of Detick's own, but for the pages of TikTok's own site and the player that
 * we put in ourselves.
 */

import { isWithin } from '../shared/site.js';
import * as embeds from './embeds.js';
import * as identifiers from './identifiers.js';

const site = location.hostname.replace(/^www\./, '').replace(/\.$/, '');

if (!isWithin(site, 'tiktok.com')) {
  embeds.watch();
  identifiers.watch(site);
}
