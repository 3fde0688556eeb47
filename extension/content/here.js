/**
 * What the person has chosen for this page, as the background says it of the page that the browser names. Scripts in
 * pages read no storage: where the browser lets nobody but our own pages have it, a page that has broken into them
 * finds nothing there.
 *
 * The background is asked once there is something to do, so that most pages never wake it, and once more after the
 * settings changed.
 *
 * @import { Here } from '../types.js'
 */

import { api } from '../shared/browser.js';

/** When the browser or a new version of Detick starts, pages may ask before anybody listens. */
const AGAIN_AFTER_MS = [200, 1000, 5000];

/** @type {Promise<Here | undefined> | undefined} */
let told;

/** @type {(() => void)[]} */
const listeners = [];

/** @type {((address: string) => void)[]} */
const waiting = [];

/** @type {(plays: boolean) => number} */
let waitingEmbeds = () => 0;

api.runtime.onMessage.addListener((message, _, reply) => {
  if (message?.name === 'waitingEmbeds') reply(waitingEmbeds(message.plays === true));
  if (message?.name === 'embedStopped') for (const react of waiting) react(message.address);
  if (message?.name !== 'settingsChanged' || told === undefined) return;
  told = undefined;
  for (const react of listeners) react();
});

/**
 * One question for all scripts of a page.
 *
 * @returns {Promise<Here | undefined>} nothing if nobody is there to give an answer
 */
export function ask() {
  told ??= question();
  return told;
}

/**
 * Says who answers the popup.
 *
 * @param {(plays: boolean) => number} answer how many embedded videos wait for a click here, once they were all played
 *   where that is asked for
 */
export function onWaitingEmbeds(answer) {
  waitingEmbeds = answer;
}

/** Calls back when what was answered may not hold any more. @param {() => void} react */
export function onChange(react) {
  listeners.push(react);
}

/**
 * Calls back when a request for something of TikTok's that this page embeds was stopped.
 *
 * @param {(address: string) => void} react
 */
export function onStopped(react) {
  waiting.push(react);
}

/**
 * @returns {Promise<Here | undefined>} nothing if Detick was updated or removed meanwhile, or does not know such pages
 */
async function question() {
  for (const wait of [...AGAIN_AFTER_MS, undefined]) {
    try {
      const answer = await api.runtime.sendMessage({ name: 'settingsHere', payload: {} });
      if (answer) return answer.ok ? answer.value : undefined;
    } catch {
      if (api.runtime?.id === undefined) return undefined;
    }
    if (wait !== undefined) await new Promise((resolve) => setTimeout(resolve, wait));
  }
  return undefined;
}
