/**
 * TikTok's videos on other sites.
 *
 * @import { Section } from './frame.js'
 */

import { choicePart } from './parts.js';

const EMBEDS = /** @type {const} */ ({ ask: 'embedsAsk', load: 'embedsLoad' });

/** @type {Section} */
export const videos = {
  id: 'sectionVideos',
  title: 'rowVideos',
  content: (view) => [choicePart(view, 'embeds', 'sectionEmbeds', EMBEDS)],
};
