/**
 * What a page says of a video of TikTok's that it embeds, in any of the forms that there are.
 *
 * @import { Embed } from '../types.js'
 */

import { hostOf, isWithin } from '../shared/site.js';

/** What may be an embed; {@link isEmbed} says whether it is one. */
export const SELECTOR =
  'blockquote.tiktok-embed, amp-tiktok, iframe[src*="tiktok.com/"], object[data*="tiktok.com/"], embed[src*="tiktok.com/"]';
/** What shows a picture or a film by its address. */
export const MEDIA = 'img, video, audio, source';
/** What nobody has given a size, browsers show as a symbol of about this size, or not at all. */
const SYMBOL_PX = 26;
const FRAMES = 'iframe, object, embed';
const CAPTION_LENGTH = 240;
/** A frame of a pixel or two is not there to be seen. */
const TINY_PX = 2;

/**
 * Whether what {@link SELECTOR} finds is an embed: an address that only names TikTok's is another's.
 *
 * @param {Element} element
 * @returns {element is HTMLElement}
 */
export function isEmbed(element) {
  if (!(element instanceof HTMLElement)) return false;
  if (!element.matches(FRAMES)) return true;
  const isTiny = ['width', 'height'].some((side) => Number.parseFloat(element.getAttribute(side) ?? '9') <= TINY_PX);
  return !isTiny && isWithin(hostOf(addressOf(element)), 'tiktok.com');
}

/**
 * @param {Element} element
 * @returns {string} the address that a frame, a picture or a film has now, as the browser asks for it
 */
export function addressOf(element) {
  if (element instanceof HTMLObjectElement) return element.data;
  const { currentSrc, src } = /** @type {{ currentSrc?: string, src?: unknown }} */ (/** @type {unknown} */ (element));
  return currentSrc || (typeof src === 'string' ? src : '');
}

/**
 * @param {Element} element
 * @returns {string} what its markup says of its address, which a browser may take over a little later
 */
export function markedAddress(element) {
  return ['src', 'data', 'srcset'].map((name) => element.getAttribute(name) ?? '').join(' ');
}

/**
 * How large the page shows a picture or a film, or would: Chromium takes the box of what a rule has blocked away.
 *
 * @param {HTMLElement} element
 * @returns {{ width: number | undefined, height: number | undefined }} in px, as far as somebody has said it
 */
export function sizeOf(element) {
  const shown = element.getBoundingClientRect();
  const styled = getComputedStyle(element);
  const said = (/** @type {'width' | 'height'} */ side) => {
    const [, marked] = /^\s*(\d+)(?:px)?\s*$/.exec(element.getAttribute(side) ?? '') ?? [];
    if (marked !== undefined) return Number(marked);
    if (shown[side] > SYMBOL_PX) return shown[side];
    const [, px] = /^([\d.]+)px$/.exec(styled[side]) ?? [];
    return shown[side] > 0 || px === undefined ? undefined : Number(px);
  };
  return { width: said('width'), height: said('height') };
}

/**
 * What the page's own markup tells of the embed.
 *
 * @param {HTMLElement} element
 * @returns {Embed}
 */
export function read(element) {
  if (element.matches(MEDIA)) return { address: addressOf(element) };
  const { videoId, uniqueId, tagId, embedType = 'video', src: later } = element.dataset;
  const src = element.matches(FRAMES) ? addressOf(element) : later;
  const cite = element.getAttribute('cite');
  const link = element.querySelector('a[href*="tiktok.com"]')?.getAttribute('href');
  const addresses = [cite, src, link].join(' ');
  const [, kind, inAddress] =
    /\/(embed(?:\/v\d)?|player\/v1|share\/video|v|video|photo)\/(\d{8,})/.exec(addresses) ?? [];
  const isOne = embedType === 'video' || embedType === 'photo';
  return {
    id: isOne ? (digits(videoId) ?? digits(src) ?? inAddress) : undefined,
    user: uniqueId?.replace(/^@/, '') || /\/@([\w.-]+)/.exec(addresses)?.[1],
    tag: tagId ?? /\/(?:embed\/)?tag\/([^/?#\s]+)/.exec(addresses)?.[1],
    short: shortLink(addresses),
    isPhoto: embedType === 'photo' || kind === 'photo',
    caption: captionOf(element),
  };
}

/** @param {string | undefined} text */
function digits(text) {
  return text !== undefined && /^\d{8,}$/.test(text) ? text : undefined;
}

/** A link that leads to the video, and says neither whose nor which. @param {string} addresses */
function shortLink(addresses) {
  return /https:\/\/(?:v[mt]\.tiktok\.com|(?:www\.|m\.)?tiktok\.com\/t)\/[\w-]{5,}\/?/.exec(addresses)?.[0];
}

/** @param {HTMLElement} element */
function captionOf(element) {
  const words = (element.querySelector('section p') ?? element.querySelector('section'))?.textContent ?? element.title;
  const caption = words.replace(/\s+/g, ' ').trim();
  return caption.length > CAPTION_LENGTH ? `${caption.slice(0, CAPTION_LENGTH)}…` : caption;
}

/** The address without anything that says who asks. @param {Embed} embed */
export function linkOf({ address, id, user, tag, short, isPhoto }) {
  if (address) return address;
  if (id) return `https://www.tiktok.com/@${user ?? ''}/${isPhoto ? 'photo' : 'video'}/${id}`;
  if (short) return short;
  if (user) return `https://www.tiktok.com/@${user}`;
  return tag ? `https://www.tiktok.com/tag/${tag}` : 'https://www.tiktok.com/';
}
