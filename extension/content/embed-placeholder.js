/**
 * What is seen in an embed's place: a quiet card with what the page says of the video, and, when the reader wants it,
 * TikTok's bare player.
 *
 * @import { Embed, Place, Say, Speech } from '../types.js'
 */

import { element } from '../shared/element.js';
import { playerOf } from '../shared/player.js';
import { linkOf, MEDIA, sizeOf } from './embed-reading.js';

const PLAYER_WIDTH_PX = 325;
const PLACEHOLDER_WIDTH_PX = 480;
/** What has a size of its own, and no words. */
const SIZED = `iframe, object, embed, ${MEDIA}`;
/**
 * By this class the next life of our scripts knows a placeholder of the last one; pages cannot look into its closed
 * root.
 */
const SHEET = 'detick';

/**
 * Where the embed is and how large, so that nothing around it moves.
 *
 * @param {HTMLElement} element
 * @returns {Place}
 */
export function placeOf(element) {
  const styled = getComputedStyle(element);
  const { position, display, margin, float, inset, flex, alignSelf, order, gridArea } = styled;
  if (position === 'absolute' || position === 'fixed') {
    return { height: '100%', box: `display: block; position: ${position}; inset: ${inset}; width: 100%` };
  }
  const shown = element.getBoundingClientRect();
  const isFrame = element.matches(SIZED) && !(element.matches(MEDIA) && sizeOf(element).width === undefined);
  // In a row of things it keeps the place and the width that the embed had.
  const among = `flex: ${flex}; align-self: ${alignSelf}; order: ${order}; grid-area: ${gridArea}`;
  const width = (isFrame && lengthOf(shown.width, styled.width)) || `${PLACEHOLDER_WIDTH_PX}px`;
  const isInline = isFrame && display.startsWith('inline');
  return {
    height: (isFrame && lengthOf(shown.height, styled.height)) || 'auto',
    box: isInline
      ? `display: inline-block; width: min(100%, ${width}); margin: ${margin}; float: ${float}; vertical-align: top`
      : `display: block; ${isFrame ? `width: min(100%, ${width})` : `max-width: ${width}`}; margin: ${margin}; float: ${float}; ${among}`,
  };
}

/**
 * A frame's width or height. Chromium takes a frame's box away when a rule has blocked it: then what the page asked for
 * counts.
 *
 * @param {number} shown in px
 * @param {string} styled as CSS
 * @returns {string} as CSS; empty if neither tells
 */
function lengthOf(shown, styled) {
  if (shown > 0) return `${Math.round(shown)}px`;
  return /^[\d.]+(px|%)$/.test(styled) ? styled : '';
}

/**
 * @param {Place} place
 * @param {string} before what the page itself had said of the embed's `display`: kept here, to be given back
 */
export function style({ height, box }, before) {
  const sheet = document.createElement('style');
  sheet.className = SHEET;
  sheet.dataset.before = before;
  // The page's own rules for its elements end here: those of a closed root outrank them only as important ones.
  const outside = `all: initial; ${box}; box-sizing: border-box; min-height: ${height}; color-scheme: light dark;`;
  sheet.textContent = `
    :host { ${outside.replaceAll(';', ' !important;')} }
    section, iframe { box-sizing: border-box; border: 1px solid light-dark(#d5dae1, #333841); border-radius: 10px;
      background: light-dark(#f5f6f8, #1f2228); }
    section { display: flex; flex-direction: column; justify-content: center; gap: 8px; min-height: ${height};
      padding: 16px; color: light-dark(#14171c, #eceef2); font: 14px/1.45 system-ui, sans-serif; }
    p { margin: 0; overflow-wrap: anywhere; }
    .title { font-weight: 650; }
    .caption { display: -webkit-box; overflow: hidden; -webkit-box-orient: vertical; -webkit-line-clamp: 4; }
    .why { color: light-dark(#565f6d, #a6aebb); font-size: 13px; }
    .ways { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 4px; }
    button, a { box-sizing: border-box; min-height: 36px; padding: 7px 12px; border: 1px solid light-dark(#868f9c, #737c8a);
      border-radius: 8px; background: light-dark(#fff, #16181c); color: inherit; font: inherit; font-weight: 600;
      text-align: center; text-decoration: none; cursor: pointer; }
    .main { border-color: light-dark(#0b7a55, #3ecf9b); background: light-dark(#0b7a55, #3ecf9b); color: light-dark(#fff, #08150f); }
    :focus-visible { outline: 2px solid light-dark(#0b7a55, #3ecf9b); outline-offset: 2px; }
    iframe { display: block; width: ${height === 'auto' ? `min(100%, ${PLAYER_WIDTH_PX}px)` : '100%'};
      height: ${height}; aspect-ratio: ${height === 'auto' ? '9 / 16' : 'auto'}; }
    @media (pointer: coarse) { button, a { min-height: 44px; } }`;
  return sheet;
}

/**
 * @param {Embed} embed
 * @param {Speech} speech
 * @param {string} why nothing was loaded
 * @param {(() => void) | undefined} play what the reader may do about it
 */
export function card(embed, { language, dir, say }, why, play) {
  const section = element('section', { lang: language, dir });
  const title = titleOf(embed, say);
  section.setAttribute('aria-label', title);
  section.append(element('p', { class: 'title' }, title));
  if (embed.caption && !title.includes(embed.caption)) {
    section.append(element('p', { class: 'caption', lang: document.documentElement.lang, dir: 'auto' }, embed.caption));
  }
  section.append(element('p', { class: 'why' }, why));
  if (play) section.append(ways(embed, say, play));
  return section;
}

/** @param {Embed} embed @param {Say} say @param {() => void} play */
function ways(embed, say, play) {
  const row = element('div', { class: 'ways' });
  if (embed.id) row.append(button('main', say('embedPlay'), play));
  const link = { target: '_blank', rel: 'noopener noreferrer', referrerpolicy: 'no-referrer' };
  row.append(element('a', { href: linkOf(embed), ...link }, say('embedOpen')));
  return row;
}

/**
 * Pages can make clicks too, but not trusted ones.
 *
 * @param {string} name
 * @param {string} words
 * @param {() => void} act
 */
function button(name, words, act) {
  const made = element('button', { type: 'button', class: name }, words);
  made.addEventListener('click', (event) => {
    if (event.isTrusted) act();
  });
  return made;
}

/** What a card must answer itself; a page that hears of it might open a picture, or follow a link around the card. */
const EVENTS = [
  ...['click', 'auxclick', 'dblclick', 'contextmenu', 'mousedown', 'mouseup', 'pointerdown', 'pointerup'],
  ...['touchstart', 'touchend', 'keydown', 'keyup', 'keypress'],
];

/**
 * Keeps what is pressed in a placeholder to it.
 *
 * @param {ShadowRoot} root the placeholder's
 */
export function keepEvents(root) {
  for (const type of EVENTS)
    root.addEventListener(
      type,
      (event) => {
        event.stopPropagation();
        const isLink = event.target instanceof Element && event.target.closest('a') !== null;
        if (type === 'click' && !isLink) event.preventDefault();
      },
      { passive: type.startsWith('touch') },
    );
}

/** @param {Embed} embed @param {Say} say */
function titleOf({ address, id, user, tag }, say) {
  if (address) return say('embedPicture');
  if (user) return say(id ? 'embedBy' : 'embedsBy', `@${user}`);
  return tag && !id ? say('embedsTagged', `#${tag}`) : say('embed');
}

/**
 * TikTok's bare player: no address of this page, no cookies where the browser knows how, and a box around it.
 *
 * @param {Embed} embed
 * @param {Say} say
 * @param {Place} place
 * @param {string} token with which it passes the rules
 */
export function player(embed, say, place, token) {
  return element('iframe', {
    title: titleOf(embed, say),
    sandbox: 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    allow: 'fullscreen; encrypted-media',
    referrerpolicy: 'no-referrer',
    credentialless: '',
    loading: place.height === 'auto' ? 'eager' : 'lazy',
    src: playerOf(embed.id ?? '', token),
  });
}

/**
 * @param {ShadowRoot} root
 * @returns {boolean} whether it is a placeholder's, of this life of our scripts or an earlier one
 */
export function isOurs(root) {
  return sheetIn(root) !== null;
}

/** @param {ShadowRoot} root a placeholder's */
export function isPlaying(root) {
  return root.querySelector('iframe') !== null;
}

/** @param {ShadowRoot} root a placeholder's @returns {string} what the page had said of the embed's `display` */
export function displayedBefore(root) {
  return sheetIn(root)?.dataset.before ?? '';
}

/** @param {ShadowRoot} root @returns {HTMLStyleElement | null} */
function sheetIn(root) {
  return root.querySelector(`style.${SHEET}`);
}
