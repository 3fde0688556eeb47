/**
 * What a page says of a video of TikTok's that it embeds, in any of the forms that there are.
 *
 * @import { Embed } from '../types.js'
 */

/** Every form of an embed. */
export const SELECTOR =
  'blockquote.tiktok-embed, iframe[src*="tiktok.com/embed"], iframe[src*="tiktok.com/player/"], amp-tiktok';
const CAPTION_LENGTH = 240;

/**
 * What the page's own markup tells of the embed.
 *
 * @param {HTMLElement} element
 * @returns {Embed}
 */
export function read(element) {
  const { videoId, uniqueId, tagId, embedType = 'video', src: later } = element.dataset;
  const src = element.getAttribute('src') ?? later;
  const link = element.querySelector('a[href*="tiktok.com"]')?.getAttribute('href');
  const addresses = [element.getAttribute('cite'), src, link].join(' ');
  const inAddress = /\/(?:embed(?:\/v\d)?|player\/v1|video|photo)\/(\d{8,})/.exec(addresses)?.[1];
  return {
    id: embedType === 'video' ? (digits(videoId) ?? digits(src) ?? inAddress) : undefined,
    user: uniqueId ?? /\/@([\w.-]+)/.exec(addresses)?.[1],
    tag: tagId ?? /\/tag\/([^/?#\s]+)/.exec(addresses)?.[1],
    caption: captionOf(element),
  };
}

/** @param {string | undefined} text */
function digits(text) {
  return text !== undefined && /^\d{8,}$/.test(text) ? text : undefined;
}

/** @param {HTMLElement} element */
function captionOf(element) {
  const words = (element.querySelector('section p') ?? element.querySelector('section'))?.textContent ?? element.title;
  const caption = words.replace(/\s+/g, ' ').trim();
  return caption.length > CAPTION_LENGTH ? `${caption.slice(0, CAPTION_LENGTH)}…` : caption;
}

/** The address without anything that says who asks. @param {Embed} embed */
export function linkOf({ id, user, tag }) {
  if (id) return `https://www.tiktok.com/@${user ?? ''}/video/${id}`;
  if (user) return `https://www.tiktok.com/@${user}`;
  return tag ? `https://www.tiktok.com/tag/${tag}` : 'https://www.tiktok.com/';
}
