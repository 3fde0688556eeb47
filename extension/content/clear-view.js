/**
 * What stands between visitors and the video that they came for, on TikTok's own pages: the cookie banner is told no,
 * what asks them to log in or to open the app without having been asked is closed, and the next video does not start
 * by itself. All of it by the page's own buttons, so that the page knows and goes on; what has none of these is left
 * alone, and so is what people open themselves.
 *
 * The names are TikTok's own, for its tests (`data-e2e`); none of them was seen on the live site by us. They stand in
 * many public scripts that drive browsers on tiktok.com, some of which say that they read them off the page.
 *
 * A notice about new policies stays. The request that brings it (`/api/policy/notice/`, `/tiktok/popup/dispatch/v1`)
 * brings questions of consent and ways to appeal as well, as the site's own code shows; and its buttons have no names.
 *
 * @import { Here } from '../types.js'
 */

import { ask, onChange } from './here.js';

/** An element with an open root, of which many such scripts press a button; older pages have the class. */
const COOKIE_BANNER = 'tiktok-cookie-banner, .tiktok-cookie-banner';

/**
 * How a button begins, or ends, that says no, in the languages of the site: what is not understood is not pressed.
 */
const NO = new RegExp(
  '\\b(?:declin|reject|refus|rechaz|recus|rejeit|rifiut|weiger|odrzu|odmítn|odmietn|elutasít|respinge|hylkää|reddet|tolak)' +
    '|ablehn|afvis|avvis|avslå|avböj|neka|απόρριψ|отклон|отхвърл|відхил|từ chối|拒否|拒绝|拒絕|거부|거절|رفض|ปฏิเสธ|דחה|דחיי',
  'iu',
);

/**
 * The button that closes a dialog (in a dozen of those scripts, and in a copy of the dialog's markup), and what a
 * dialog holds that asks people to log in: the ways to do so, and the words at its end that lead to logging in or
 * signing up.
 */
const CLOSE = '[data-e2e="modal-close-inner-button"]';
const ASKS_TO_LOG_IN = '[data-e2e="channel-item"], [data-e2e="bottom-login"], [data-e2e="bottom-sign-up"]';

/** “Not now”, where the app is offered on phones: in the middle, and at the lower edge. */
const NOT_NOW = '[data-e2e="alt-middle-cta-cancel-btn"], [data-e2e="bottom-cta-cancel-btn"]';

/** What people press who want to log in. */
const LOG_IN =
  '[id*="login" i], [data-e2e*="login" i], [data-e2e*="sign-up" i], [data-e2e*="signup" i], [href*="/login"], [href*="/signup"]';

/** Pages on which people sign in or pay. */
const LEFT_ALONE = /^\/(?:login|signup|passport|shop|checkout)(?:\/|$)/;

/** What comes so soon after a person pressed something was asked for. */
const ASKED_WITHIN_MS = 5_000;
/** A video that starts so soon after another has ended was started by that. */
const NEXT_WITHIN_MS = 10_000;
const LOOK_AFTER_MS = 200;
const PRESS_AGAIN_AFTER_MS = 1_000;
/** Pages show buttons before these work. */
const MOST_PRESSES = 5;

/** @type {Here | undefined} */
let here;

/** When a person last pressed something, or did anything. */
let pressedMs = Number.NEGATIVE_INFINITY;
let actedMs = Number.NEGATIVE_INFINITY;
let wantsToLogIn = false;

/** @type {{ video: EventTarget | null, source: string, ms: number } | undefined} */
let ended;

/**
 * How often each button was pressed; as often as may be where a person asked for what it closes.
 *
 * @type {WeakMap<Element, number>}
 */
const presses = new WeakMap();

/** @type {WeakSet<ShadowRoot>} */
const watched = new WeakSet();

let looksSoon = false;

/** Starts, on a page of TikTok's. Whether it has anything to do there the background says. */
export function watch() {
  onChange(learn);
  for (const type of ['click', 'keydown', 'wheel', 'touchstart'])
    addEventListener(type, acted, { capture: true, passive: true });
  addEventListener('ended', noteEnd, true);
  addEventListener('play', stopNext, true);
  new MutationObserver(lookSoon).observe(document, { childList: true, subtree: true });
  learn();
}

async function learn() {
  here = await ask();
  lookSoon();
}

const isOn = () => here?.clearsView === true && !LEFT_ALONE.test(location.pathname);

/** @param {Event} event */
function acted(event) {
  if (!event.isTrusted) return;
  actedMs = performance.now();
  if (event.type !== 'click') return;
  pressedMs = actedMs;
  wantsToLogIn ||= event.composedPath().some((one) => one instanceof Element && one.matches(LOG_IN));
}

function lookSoon() {
  if (looksSoon || !isOn()) return;
  looksSoon = true;
  setTimeout(look, LOOK_AFTER_MS);
}

function look() {
  looksSoon = false;
  if (!isOn()) return;
  for (const banner of document.querySelectorAll(COOKIE_BANNER)) decline(banner);
  const isAsked = wantsToLogIn || performance.now() - pressedMs < ASKED_WITHIN_MS;
  for (const button of document.querySelectorAll(NOT_NOW)) press(button, isAsked);
  for (const button of document.querySelectorAll(CLOSE)) if (closesLogin(button)) press(button, isAsked);
}

/** @param {Element} banner */
function decline(banner) {
  const { shadowRoot } = banner;
  if (shadowRoot && !watched.has(shadowRoot)) {
    watched.add(shadowRoot);
    new MutationObserver(lookSoon).observe(shadowRoot, { childList: true, subtree: true });
  }
  const refusing = [...(shadowRoot ?? banner).querySelectorAll('button')].filter((button) =>
    NO.test(button.textContent),
  );
  const [no] = refusing;
  if (no && refusing.length === 1) press(no, false);
}

/**
 * Whether what a button closes asks people to log in, and holds nothing else that they need: no video, no field.
 *
 * @param {Element} button
 */
function closesLogin(button) {
  let dialog = button.parentElement;
  while (dialog && dialog !== document.body && !dialog.querySelector(ASKS_TO_LOG_IN)) dialog = dialog.parentElement;
  return dialog !== null && dialog !== document.body && !dialog.querySelector('video, input, [class*="captcha" i]');
}

/** @param {Element} button @param {boolean} isAsked a person asked for what it closes, which is to stay then */
function press(button, isAsked) {
  const times = isAsked && !presses.has(button) ? MOST_PRESSES : (presses.get(button) ?? 0);
  presses.set(button, times + 1);
  if (times >= MOST_PRESSES || !(button instanceof HTMLElement)) return;
  button.click();
  setTimeout(lookSoon, PRESS_AGAIN_AFTER_MS);
}

/** @param {Event} event */
function noteEnd({ target }) {
  if (target instanceof HTMLVideoElement) ended = { video: target, source: target.currentSrc, ms: performance.now() };
}

/** A video that is played again is no next one. @param {Event} event */
function stopNext({ target }) {
  if (!isOn() || !ended || !(target instanceof HTMLVideoElement)) return;
  const isSame = target === ended.video && target.currentSrc === ended.source;
  if (!isSame && actedMs < ended.ms && performance.now() - ended.ms < NEXT_WITHIN_MS) target.pause();
}
