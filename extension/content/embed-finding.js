/**
 * Where embeds are in a page, now and as it changes. While a page is read, what is put into it is looked at; once it
 * has loaded and held none, nothing is any more, until the background stops a request for one. That also tells of
 * embeds that no look at the document finds: in roots of custom elements, or where a class or a script makes them.
 */

import { api } from '../shared/browser.js';
import { addressOf, isEmbed, MEDIA, SELECTOR, sizeOf } from './embed-reading.js';
import { onStopped } from './here.js';

const WHAT_MAKES_AN_EMBED = { childList: true, subtree: true, attributeFilter: ['src', 'data', 'data-src', 'srcset'] };
/** What consent tools show in an embed's place for as long as they keep it back. */
const NOTICE = '.cmplz-blocked-content-container:has(.cmplz-blocked-content-notice)';
const EMBED_SCRIPT = /tiktok\.com\/embed\.js|\/falcon\/embed\//;
/** Types of scripts that run. */
const RUNS = /^(?:module|(?:text|application)\/(?:x-)?(?:java|ecma)script)?$/i;
const SMALLEST = { width: 120, height: 60 };

/** Embeds that were found, and are still to be dealt with. @type {Set<Element>} */
const found = new Set();

/** Those that a consent tool keeps back. @type {Set<Element>} */
const keptBack = new Set();

/** Addresses that the background has stopped and that are still to be found. @type {Set<string>} */
const stopped = new Set();

/** Whether there is one among them that was not looked for since it came. */
let isStopNew = false;

/** Open and closed roots within the page that held an embed. @type {Set<ShadowRoot>} */
const roots = new Set();

let isObserving = false;

/** Whether the embeds' script was asked for: some tools run it though the page's element for it says otherwise. */
let isScriptAsked = false;

/** @type {{ isIdle: () => boolean, look: () => void, changed: (element: Element) => void }} */
let owner;

const changes = new MutationObserver(see);

/**
 * Looks from now on.
 *
 * @param {object} reactions
 * @param {() => boolean} reactions.isIdle whether nothing was met that has to be kept an eye on
 * @param {() => void} reactions.look there is something to take, or what was met may be gone
 * @param {(element: Element) => void} reactions.changed an element has another address
 */
export function watch(reactions) {
  owner = reactions;
  // What has no address of its own may yet be written, whatever it says of its state.
  if (/^https?:/.test(location.href)) addEventListener('load', () => setTimeout(rest), { once: true });
  onStopped((address) => {
    stopped.add(address);
    isStopNew = true;
    if (EMBED_SCRIPT.test(address)) isScriptAsked = true;
    observe();
    owner.look();
  });
  // What is loaded ahead is asked for before the page has come to it.
  for (const [target, type] of /** @type {const} */ ([
    [document, 'DOMContentLoaded'],
    [globalThis, 'load'],
  ]))
    target.addEventListener(type, () => {
      if (stopped.size === 0) return;
      isStopNew = true;
      owner.look();
    });
  findAll();
}

function observe() {
  if (isObserving) return;
  isObserving = true;
  for (const root of [document, ...roots]) changes.observe(root, WHAT_MAKES_AN_EMBED);
}

/** A page without embeds costs next to nothing any more: only scripts are looked at, where pages put them in. */
function rest() {
  if (!owner.isIdle() || found.size > 0 || keptBack.size > 0 || stopped.size > 0) return;
  stop();
  for (const place of [document.head, document.body]) if (place) changes.observe(place, { childList: true });
}

/** Sees no more changes. */
export function stop() {
  isObserving = false;
  changes.disconnect();
}

/** @param {MutationRecord[]} records */
function see(records) {
  let isNews = keptBack.size > 0;
  for (const { type, target, addedNodes, removedNodes } of records) {
    if (type === 'attributes') consider(/** @type {Element} */ (target));
    else for (const node of addedNodes) if (node instanceof Element) findIn(node);
    if (removedNodes.length > 0 && !owner.isIdle()) isNews = true;
  }
  if (isNews || found.size > 0) owner.look();
}

/** @param {Element} element whose address is another */
function consider(element) {
  owner.changed(element);
  if (element.matches(SELECTOR)) found.add(element);
}

/** @param {Element} added */
function findIn(added) {
  // A browser that has the script at hand asks nobody for it.
  if (added instanceof HTMLScriptElement && !isObserving && EMBED_SCRIPT.test(added.src)) findAll();
  if (added.matches(SELECTOR)) found.add(added);
  if (added.firstElementChild) for (const one of added.querySelectorAll(SELECTOR)) found.add(one);
}

/** Finds again what the page and the roots in it have, and sees changes, if {@link stop} ended that. */
export function findAll() {
  observe();
  for (const root of [document, ...roots]) for (const one of root.querySelectorAll(SELECTOR)) found.add(one);
  if (found.size > 0) owner.look();
}

/**
 * What was found since, each once.
 *
 * @returns {HTMLElement[]}
 */
export function take() {
  const told = isStopNew ? findStopped() : [];
  const candidates = new Set([...found, ...keptBack]);
  found.clear();
  keptBack.clear();
  /** @type {HTMLElement[]} */
  const taken = [];
  for (const element of candidates) {
    if (!element.isConnected || !isEmbed(element) || isPart(element)) continue;
    if (isKeptBack(element)) keptBack.add(element);
    else taken.push(element);
  }
  return [...new Set([...taken, ...told])];
}

/** Of an embed only its outermost element counts. @param {Element} element */
function isPart(element) {
  const outer = element.parentElement?.closest(SELECTOR);
  return outer != null && isEmbed(outer);
}

/** A consent tool has put a notice there, or keeps back the script. @param {Element} element */
function isKeptBack(element) {
  if (element.closest(NOTICE)) return true;
  if (element.localName !== 'blockquote' || isScriptAsked) return false;
  const scripts = [...document.scripts].filter((script) => EMBED_SCRIPT.test(addressesOf(script)));
  return scripts.length > 0 && scripts.every(({ type }) => !RUNS.test(type));
}

/** @param {Element} element */
function addressesOf({ attributes }) {
  return Array.from(attributes, ({ value }) => value).join(' ');
}

/**
 * Elements for whose addresses the background has stopped requests, wherever in the page they are. All else that they
 * might stand for, such as an embed whose script was asked for, is found too.
 *
 * @returns {HTMLElement[]}
 */
function findStopped() {
  const wanted = new Set(stopped);
  isStopNew = false;
  /** @type {HTMLElement[]} */
  const media = [];
  for (const root of rootsBelow(document)) {
    let held = false;
    for (const one of root.querySelectorAll(SELECTOR)) {
      found.add(one);
      held = true;
    }
    for (const one of root.querySelectorAll(MEDIA)) {
      if (!wanted.has(addressOf(one))) continue;
      stopped.delete(addressOf(one));
      const shown = one.localName === 'source' ? one.closest('video, audio') : one;
      if (shown instanceof HTMLElement && isWorthACard(shown)) media.push(shown);
      held = true;
    }
    if (held && root instanceof ShadowRoot && !roots.has(root)) {
      roots.add(root);
      changes.observe(root, WHAT_MAKES_AN_EMBED);
    }
  }
  if (document.readyState === 'complete') stopped.clear();
  return media;
}

/**
 * Small pictures, such as faces, go without a word.
 *
 * @param {HTMLElement} element
 */
function isWorthACard(element) {
  const { width, height } = sizeOf(element);
  const isSmall = (width ?? SMALLEST.width) < SMALLEST.width || (height ?? SMALLEST.height) < SMALLEST.height;
  return element.style.display !== 'none' && !isSmall;
}

/** @param {Document | ShadowRoot} root @returns {Generator<Document | ShadowRoot>} that root, and those below it */
function* rootsBelow(root) {
  yield root;
  for (const element of root.querySelectorAll('*')) {
    const inner = rootOf(element);
    if (inner) yield* rootsBelow(inner);
  }
}

/**
 * An element's root, though the page keeps it closed: browsers open those to extensions. Asking costs something, so
 * only custom elements are asked.
 *
 * @param {Element} element
 */
function rootOf(element) {
  if (element.shadowRoot) return element.shadowRoot;
  if (!element.localName.includes('-')) return undefined;
  return closedRootOf(element);
}

/**
 * @param {Element} element
 * @returns {ShadowRoot | null | undefined} its root, whether pages may see it or not
 */
export function closedRootOf(element) {
  if (!(element instanceof HTMLElement)) return undefined;
  if (api.dom) return api.dom.openOrClosedShadowRoot(element);
  const { openOrClosedShadowRoot } = /** @type {{ openOrClosedShadowRoot?: ShadowRoot | null }} */ (element);
  return openOrClosedShadowRoot;
}
