/** The number on the toolbar icon; sole owner of the badge. (The icon itself is toolbar.js's.) */

import { api } from '../../shared/browser.js';
import * as settings from '../../stored/settings.js';

const COLOUR = '#0b7a55';
const FLASH_MS = 1500;

/** What each tab's badge says, or would say if it were on. @type {Map<number, number>} */
const numbers = new Map();

let isOn = true;

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  settings.follow((chosen) => {
    if (isOn === chosen.badge) return undefined;
    isOn = chosen.badge;
    return Promise.all([...numbers.keys()].map(paint));
  });
  api.tabs.onRemoved.addListener((tabId) => numbers.delete(tabId));
}

/**
 * Learns a number that the badge shows already.
 *
 * @param {number} tabId
 * @param {number} number
 */
export function recall(tabId, number) {
  numbers.set(tabId, number);
}

/**
 * Shows a number; nothing for 0.
 *
 * @param {number} tabId
 * @param {number} number
 */
export function show(tabId, number) {
  recall(tabId, number);
  return paint(tabId);
}

/**
 * Shows a mark in place of the number for a moment: the answer to a menu or a shortcut.
 *
 * @param {number} tabId
 * @param {string} mark
 */
export async function flash(tabId, mark) {
  await write(tabId, mark);
  await new Promise((done) => setTimeout(done, FLASH_MS));
  await paint(tabId);
}

/** @param {number} tabId */
function paint(tabId) {
  const number = numbers.get(tabId) ?? 0;
  return write(tabId, isOn && number > 0 ? short(number) : '');
}

/** Whether it has our colour; browsers forget that when they are closed. */
let isColoured = false;

/** @param {number} tabId @param {string} text */
async function write(tabId, text) {
  if (tabId < 0) return;
  if (!isColoured) api.action.setBadgeBackgroundColor?.({ color: COLOUR }); // not every phone has a badge
  isColoured = true;
  try {
    await api.action.setBadgeText?.({ tabId, text });
  } catch {
    // The tab closed meanwhile: there is nothing to paint.
  }
}

/** @param {number} number @returns {string} at most four characters, which is what a badge holds. */
function short(number) {
  return number < 1000 ? String(number) : `${Math.floor(number / 1000)}k`;
}
