/**
 * Embeds ask before they load. Where a page embeds a video of TikTok's, a placeholder made of what the page itself says
 * takes its place; rules keep the embed's own requests from leaving. Playing puts in TikTok's bare player, which learns
 * neither the page nor the visitor.
 *
 * @import { Embed, Here, Say } from '../types.js'
 */

import { api } from '../shared/browser.js';
import { card, displayedBefore, isOurs, isPlaying, placeOf, player, style } from './embed-placeholder.js';
import { read, SELECTOR } from './embed-reading.js';
import { speak } from './embed-words.js';
import { ask, onChange } from './here.js';

/** @typedef {'ask' | 'play' | 'locked' | 'leave'} Manner */
/** @typedef {{ stand: HTMLElement, root: ShadowRoot, play: () => void }} Standing what stands in an embed's place */

const WHAT_MAKES_AN_EMBED = ['src', 'data-src', 'class'];
/** While one version of Detick gives way to the next, no rule holds: what is shown too soon would load. */
const UPDATED_WITHIN_MS = 2000;

/** Embeds that were met. @type {Map<Element, Standing>} */
const met = new Map();

/**
 * What becomes of embeds here; nothing yet while none was met, and until the background has said it.
 *
 * @type {Manner | undefined}
 */
let manner;

/** How often it was asked for. */
let questions = 0;

let looksSoon = false;

const changes = new MutationObserver(lookSoon);

/** Takes the place of what the page embeds, now and as it changes. */
export function watch() {
  changes.observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: WHAT_MAKES_AN_EMBED,
  });
  onChange(() => {
    if (questions > 0) learn();
  });
  look();
}

async function learn() {
  questions += 1;
  const question = questions;
  const here = await ask();
  if (question !== questions) return; // settings changed meanwhile
  if (isOrphan()) return endSoon();
  if (manner === undefined) takeOver();
  apply(mannerOf(here));
}

/** @param {Manner} next */
function apply(next) {
  manner = next;
  if (manner === 'leave') restoreAll();
  else look();
  if (manner === 'play') for (const { play } of met.values()) play();
}

/** @param {Here | undefined} here what is not known is as nobody has chosen otherwise @returns {Manner} */
function mannerOf(here) {
  if (here?.paused || here?.embeds === 'load') return 'leave';
  return here?.embeds ?? 'ask';
}

/** Once before the page is painted, however much it changed. */
function lookSoon() {
  if (looksSoon) return;
  looksSoon = true;
  requestAnimationFrame(look);
}

function look() {
  looksSoon = false;
  if (manner === 'leave') return;
  if (isOrphan()) return endSoon();
  if (manner === undefined) {
    if (questions === 0 && document.querySelector(SELECTOR)) learn();
    return;
  }
  for (const element of document.querySelectorAll(SELECTOR)) {
    const known = met.get(element);
    if (known?.stand.isConnected) continue;
    const isPart = element.parentElement?.closest(SELECTOR) !== null;
    if (element instanceof HTMLElement && !isPart) replace(element);
  }
  for (const [element, { stand }] of met) if (!element.isConnected) discard(element, stand);
}

/** The page took the embed away. @param {Element} element @param {HTMLElement} stand */
function discard(element, stand) {
  stand.remove();
  met.delete(element);
}

function restoreAll() {
  for (const [element, standing] of met) restore(element, standing);
  met.clear();
}

/** @param {Element} element @param {Standing} standing */
function restore(element, { stand, root }) {
  reveal(element, stand, root);
  if (element instanceof HTMLIFrameElement) element.src = `${element.src}`; // What was blocked is asked for again.
}

/** @param {Element} element @param {HTMLElement} stand @param {ShadowRoot} root */
function reveal(element, stand, root) {
  stand.remove();
  if (element instanceof HTMLElement) element.style.display = displayedBefore(root);
}

/** Detick was updated or removed while the page stayed open: this script is cut off from what it needs. */
function isOrphan() {
  return api.runtime?.id === undefined;
}

function endSoon() {
  changes.disconnect();
  setTimeout(end, UPDATED_WITHIN_MS);
}

/** Gives the page back what still waits; what plays goes on. */
function end() {
  changes.disconnect();
  manner = 'leave';
  for (const [element, standing] of met) if (!isPlaying(standing.root)) restore(element, standing);
  met.clear();
}

/**
 * Firefox starts this script anew in open pages when Detick was updated: nobody works what the one before left there.
 */
function takeOver() {
  for (const element of document.querySelectorAll(SELECTOR)) {
    const stand = element.nextElementSibling;
    const root = stand instanceof HTMLElement ? rootOf(stand) : undefined;
    if (!(stand instanceof HTMLElement) || !root || !isOurs(root)) continue;
    if (isPlaying(root)) met.set(element, { stand, root, play: () => undefined });
    else reveal(element, stand, root);
  }
}

/**
 * Firefox opens roots to extensions that pages keep closed.
 *
 * @param {HTMLElement & { openOrClosedShadowRoot?: ShadowRoot | null }} stand
 */
function rootOf(stand) {
  return stand.openOrClosedShadowRoot ?? undefined;
}

/** @param {HTMLElement} element */
function replace(element) {
  const place = placeOf(element);
  const embed = read(element);
  const stand = document.createElement('div');
  const root = stand.attachShadow({ mode: 'closed' });
  const sheet = style(place, element.style.display);
  const speech = speak();
  const play = async () => {
    const { say } = await speech;
    await askThenPlay(embed, () => {
      const frame = player(embed, say, place);
      const isPressed = root.activeElement !== null;
      root.replaceChildren(sheet, frame);
      if (isPressed) frame.focus();
    });
  };
  root.append(sheet);
  element.after(stand);
  element.style.setProperty('display', 'none', 'important');
  met.set(element, { stand, root, play });
  speech
    .then((spoken) => {
      if (root.childElementCount === 1) root.append(card(embed, spoken, ...offer(spoken.say, play)));
    })
    .catch((error) => {
      if (!isOrphan()) throw error;
      endSoon();
    });
  if (manner === 'play') play();
}

/**
 * Why nothing was loaded, and what the reader may do about it: what lasts is offered in the popup alone, which no page
 * can cover.
 *
 * @param {Say} say
 * @param {() => void} play
 * @returns {[string, (() => void) | undefined]}
 */
function offer(say, play) {
  return manner === 'locked' ? [say('embedLocked'), undefined] : [say('embedWhy'), play];
}

/**
 * Rules let the player through for a tab only after the background has heard of it.
 *
 * @param {Embed} embed
 * @param {() => void} play
 */
async function askThenPlay(embed, play) {
  if (!embed.id) return;
  if (isOrphan()) return end();
  const answer = await api.runtime.sendMessage({ name: 'playEmbed', payload: { video: embed.id } });
  if (answer?.ok) play();
  else console.error('Detick: the video could not be loaded.', answer?.error);
}
