/**
 * The list of requests on the page: it draws what is in sight, so that thousands take no longer than a screenful, and
 * keeps what somebody looks at where it is while others come in above.
 *
 * @import { Entry } from './entries.js'
 * @import { Place } from './in-sight.js'
 */

import { inSight } from './in-sight.js';

/** How far above and below the window lines are drawn ahead, in px. */
const AHEAD = 1200;

/** Until a line was measured. */
const LINE_HEIGHT = 30;

let lineHeight = LINE_HEIGHT;

/** Of entries whose details are shown, by id, as they were last measured. @type {Map<number, number>} */
const heights = new Map();

/** @typedef {(places: Place<Entry>[], height: number) => void} Render */

const list = () => document.getElementById('entries');

/** @returns {HTMLElement[]} the lines that are drawn */
const lines = () => /** @type {HTMLElement[]} */ ([...(list()?.children ?? [])]);

/** @param {Element | null | undefined} line @returns {number | undefined} the entry that it shows */
const idOf = (line) => (line instanceof HTMLElement ? Number(line.dataset.id) : undefined);

/**
 * Draws the lines that are in sight, and measures them.
 *
 * @param {readonly Entry[]} found newest first
 * @param {ReadonlySet<number>} open
 * @param {Render} render
 */
export function drawInSight(found, open, render) {
  const anchor = firstInSight();
  const before = anchor?.getBoundingClientRect().top ?? 0;
  const kept = [idOf(anchor), idOf(document.activeElement?.closest('.entry'))];
  const heightOf = (/** @type {Entry} */ { id }) => (open.has(id) && heights.get(id)) || lineHeight;
  const drawn = () => {
    const { places, height } = inSight(found, heightOf, sight(), kept);
    render(places, height);
  };
  drawn();
  if (measure(open)) drawn();
  const moved = anchor?.isConnected ? anchor.getBoundingClientRect().top - before : 0;
  if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: 'instant' });
}

/** @returns {HTMLElement | undefined} what is to stay where it is, once the list was scrolled */
function firstInSight() {
  if ((list()?.getBoundingClientRect().top ?? 0) >= 0) return undefined;
  return lines().find((line) => line.getBoundingClientRect().bottom > 0);
}

/** @returns {{ from: number, to: number }} what is drawn of the list, in px from its beginning */
function sight() {
  const top = list()?.getBoundingClientRect().top ?? 0;
  return { from: -top - AHEAD, to: innerHeight - top + AHEAD };
}

/** @param {ReadonlySet<number>} open @returns {boolean} whether something is as high as nobody knew */
function measure(open) {
  let isOther = false;
  for (const line of lines()) {
    const id = idOf(line) ?? 0;
    const { height } = line.getBoundingClientRect();
    if (height === 0) continue;
    if (open.has(id)) {
      isOther ||= heights.get(id) !== height;
      heights.set(id, height);
    } else {
      isOther ||= lineHeight !== height;
      lineHeight = height;
    }
  }
  return isOther;
}

/** @param {() => void} draw to be called whenever something else comes in sight */
export function followSight(draw) {
  addEventListener('scroll', draw, { passive: true });
  addEventListener('resize', draw);
}

/**
 * The arrows go from line to line, through all of them.
 *
 * @param {KeyboardEvent} event
 */
export function moveFocus(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const here = document.activeElement;
  if (step === undefined || !here?.matches('.entry > button')) return;
  const next = step > 0 ? here.parentElement?.nextElementSibling : here.parentElement?.previousElementSibling;
  const button = next?.querySelector('button');
  if (!button) return;
  event.preventDefault();
  button.focus();
}
