/**
 * Embeds ask before they load. Where a page embeds a video of TikTok's, a placeholder made of what the page itself says
 * takes its place; rules keep the embed's own requests from leaving. Playing puts in TikTok's bare player, which learns
 * neither the page nor the visitor. Where embeds are is found by embed-finding.js.
 *
 * @import { Embed, Here, Say } from '../types.js'
 */

import { api } from '../shared/browser.js';
import * as finding from './embed-finding.js';
import { card, displayedBefore, isOurs, isPlaying, keepEvents, placeOf, player, style } from './embed-placeholder.js';
import { markedAddress, read, SELECTOR } from './embed-reading.js';
import { speak } from './embed-words.js';
import { ask, onChange, onWaitingEmbeds } from './here.js';

/** @typedef {'ask' | 'play' | 'locked' | 'leave'} Manner */

/**
 * @typedef {object} Standing what stands in an embed's place
 * @property {HTMLElement} stand
 * @property {ShadowRoot} root
 * @property {string} [address] what the embed's markup said of it
 * @property {string} [id] of the video
 * @property {Node[]} [words] that the page's quotation had
 * @property {() => void} play
 */

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

/** Takes the place of what the page embeds, now and as it changes. */
export function watch() {
  onChange(() => {
    if (questions > 0) learn();
  });
  finding.watch({ isIdle: () => questions === 0, look: lookSoon, changed });
  onWaitingEmbeds((plays) => {
    const waiting = manner === 'ask' ? waitingOnes() : [];
    if (plays) for (const { play } of waiting) play();
    return plays ? 0 : waiting.length;
  });
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
  if (manner === 'leave') {
    finding.stop();
    return restoreAll();
  }
  finding.findAll();
  look();
  if (manner === 'play') for (const { play } of waitingOnes()) play();
}

/** @returns {Standing[]} those that do not play yet; a film that plays goes on, whatever is chosen */
function waitingOnes() {
  return [...met.values()].filter(({ root }) => !isPlaying(root));
}

/** @param {Here | undefined} here what is not known is as nobody has chosen otherwise @returns {Manner} */
function mannerOf(here) {
  if (here?.paused || here?.embeds === 'load') return 'leave';
  return here?.embeds ?? 'ask';
}

/** Once before the page is painted, however much it changed; what nobody sees is never painted. */
function lookSoon() {
  if (looksSoon || manner === 'leave') return;
  looksSoon = true;
  if (document.hidden) setTimeout(look);
  else requestAnimationFrame(look);
}

function look() {
  looksSoon = false;
  if (manner === 'leave') return;
  if (isOrphan()) return endSoon();
  if (manner === undefined) {
    if (questions === 0) learn(); // what was found is found again then
    return;
  }
  for (const element of finding.take()) {
    const known = met.get(element);
    if (!known?.stand.isConnected && !takeUp(element)) replace(element);
  }
  for (const [element, { stand }] of met) if (!element.isConnected) discard(element, stand);
}

/**
 * Libraries take a quotation away and put the same one in its place: what plays for it goes on.
 *
 * @param {HTMLElement} element
 * @returns {boolean} whether something plays for it
 */
function takeUp(element) {
  const { id } = read(element);
  for (const [before, standing] of met) {
    const { stand, root } = standing;
    const isSame = id !== undefined && standing.id === id && stand.parentNode === element.parentNode;
    if (before.isConnected || !isSame || !isPlaying(root)) continue;
    met.delete(before);
    met.set(element, { ...standing, words: hide(element) });
    return true;
  }
  return false;
}

/** The page gave an element another address: a picture of its own, perhaps. @param {Element} element */
function changed(element) {
  const standing = met.get(element);
  if (standing?.address === undefined || standing.address === markedAddress(element)) return;
  reveal(element, standing);
  met.delete(element);
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

/** What was blocked is asked for again. @param {Element} element @param {Standing} standing */
function restore(element, standing) {
  reveal(element, standing);
  if (element instanceof HTMLObjectElement) element.data = `${element.data}`;
  else if (element instanceof HTMLMediaElement) element.load();
  else if ('src' in element) element.src = `${element.src}`;
}

/** @param {Element} element @param {Standing} standing */
function reveal(element, { stand, root, words }) {
  stand.remove();
  if (words) element.replaceChildren(...words);
  if (element instanceof HTMLElement) element.style.display = displayedBefore(root);
}

/** Detick was updated or removed while the page stayed open: this script is cut off from what it needs. */
function isOrphan() {
  return api.runtime?.id === undefined;
}

function endSoon() {
  finding.stop();
  setTimeout(end, UPDATED_WITHIN_MS);
}

/** Gives the page back what still waits; what plays goes on. */
function end() {
  finding.stop();
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
    const root = stand instanceof HTMLElement ? finding.closedRootOf(stand) : undefined;
    if (!(stand instanceof HTMLElement) || !root || !isOurs(root)) continue;
    if (isPlaying(root)) met.set(element, { stand, root, play: () => undefined });
    else reveal(element, { stand, root, play: () => undefined });
  }
}

/** @param {HTMLElement} element */
function replace(element) {
  const place = placeOf(element);
  const embed = read(element);
  const stand = document.createElement('div');
  const root = stand.attachShadow({ mode: 'closed' });
  const sheet = style(place, element.style.display);
  const speech = speak();
  const playNow = async () => {
    const { say } = await speech;
    await askThenPlay(embed, (token) => {
      const frame = player(embed, say, place, token);
      const isPressed = root.activeElement !== null;
      root.replaceChildren(sheet, frame);
      if (isPressed) frame.focus();
    });
  };
  let isAsking = false;
  const play = async () => {
    if (isAsking) return; // a double click asks for one player
    isAsking = true;
    await playNow().finally(() => {
      isAsking = false;
    });
  };
  root.append(sheet);
  keepEvents(root);
  element.after(stand);
  const words = hide(element);
  met.set(element, { stand, root, address: markedAddress(element), ...(embed.id && { id: embed.id }), words, play });
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
 * Takes an embed out of sight. A quotation is left as the embeds' script would leave it, with a frame in it and none of
 * its words: there are libraries that make it again, or do not show it, until they see that.
 *
 * @param {HTMLElement} element
 * @returns {Node[] | undefined} what it said
 */
function hide(element) {
  element.style.setProperty('display', 'none', 'important');
  if (element.localName !== 'blockquote') return undefined;
  const words = [...element.childNodes];
  const frame = document.createElement('iframe');
  frame.srcdoc = ''; // unlike a frame without any address it loads once the page has seen it
  element.replaceChildren(frame);
  return words;
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
 * @param {(token: string) => void} play
 */
async function askThenPlay(embed, play) {
  if (!embed.id) return;
  if (isOrphan()) return end();
  const answer = await api.runtime.sendMessage({ name: 'playEmbed', payload: { video: embed.id } });
  if (answer?.ok) play(answer.value.token);
  else console.error('Detick: the video could not be loaded.', answer?.error);
}
