/**
 * What the user has chosen: storage.local `settings`. Every page may call `update`; this module is the key's one
 * writer, and a lock shared by all our pages queues the writes.
 *
 * @import { Kept, Pause, Settings } from '../types.js'
 */

import { api } from '../shared/browser.js';
import { latest } from '../shared/latest.js';
import { makeQueue } from '../shared/queue.js';
import { sharing } from '../shared/sharing.js';
import { hostOf, isWithin } from '../shared/site.js';
import { sayTrusted } from '../shared/trust.js';
import { tell, untell } from './faults.js';
import { KINDS } from './kinds.js';
import { policy } from './policy.js';
import { readTwice, soundPart, storedTwice } from './twice.js';

/** @type {Readonly<Settings>} */
export const DEFAULTS = Object.freeze({
  paused: [],
  linksOff: [],
  keep: [],
  removeReferral: false,
  expandShortLinks: false,
  cleanOpened: true,
  cleanMore: true,
  cleanCopied: true,
  clearView: true,
  gpc: true,
  level: 'auto',
  forget: 'closed',
  embeds: 'ask',
  embedSites: [],
  badge: true,
  lists: [],
});

const KEY = 'settings';

/**
 * The settings as stored, with defaults for what is missing or damaged; what an organisation has set stands above them.
 *
 * @type {() => Promise<Settings>}
 */
export const load = sharing(async () => {
  const [stored, set] = await Promise.all([readTwice(KEY, KINDS), policy()]);
  return sound({ ...stored.sound, ...set.settings });
});

/**
 * What the person has chosen, whatever an organisation has set above it.
 *
 * @returns {Promise<Settings>}
 */
export async function own() {
  const stored = await readTwice(KEY, KINDS);
  return sound(stored.sound);
}

/**
 * The names of what an organisation has set, `ownLines` among them: the person cannot change that.
 *
 * @returns {Promise<string[]>}
 */
export async function managedNames() {
  return (await policy()).names;
}

const queued = makeQueue();

/**
 * Changes the settings. Calls are queued, so `change` always sees what the call before it wrote.
 *
 * @param {(settings: Settings) => Settings} change A pure function.
 * @param {Record<string, unknown>} [beside] What else goes into storage.local, by key: with the settings or not at all.
 * @returns {Promise<Settings>} The settings as written.
 * @throws {Error} if the browser refuses to write: all is as before, and the person is told.
 */
export function update(change, beside = {}) {
  const write = async () => {
    const stored = await readTwice(KEY, KINDS);
    const before = sound(stored.sound);
    const after = change(before);
    await saved(async () => {
      await sayTrusted(before, after);
      await api.storage.local.set({ ...storedTwice(KEY, stored, { ...before }, { ...after }), ...beside });
    });
    return load();
  };
  return queued(() => locked(write));
}

/** @param {() => Promise<void>} write */
async function saved(write) {
  try {
    await write();
  } catch (error) {
    await tell('faultNotSaved');
    throw error;
  }
  await untell('faultNotSaved');
}

/** Writes damaged settings anew from what could be saved of them, and tells the person. */
export async function mend() {
  const { isDamaged, isNewer } = await readTwice(KEY, KINDS);
  if (isNewer) await tell('faultNewer');
  if (!isDamaged) return;
  await tell('faultMended');
  await update((chosen) => chosen);
}

/**
 * Two pages of ours have two queues: the browser's lock joins them.
 *
 * @template T
 * @param {() => Promise<T>} write
 * @returns {Promise<T>}
 */
function locked(write) {
  return globalThis.navigator?.locks ? navigator.locks.request(KEY, write) : write();
}

/**
 * Calls `react` with the settings now and after every change.
 *
 * @param {(settings: Settings) => unknown} react
 */
export function follow(react) {
  const again = reading(react);
  listen(again);
  again();
}

/**
 * Calls `react` after every change. To be called synchronously when a background starts, so that a change wakes it.
 *
 * @param {(settings: Settings) => unknown} react
 */
export function onChange(react) {
  listen(reading(react));
}

/** @param {(settings: Settings) => unknown} react @returns {() => unknown} reads, and hands on unless it is overtaken */
function reading(react) {
  const loadLatest = latest(load);
  return () => loadLatest().then((settings) => settings && react(settings));
}

/** @param {() => unknown} again */
function listen(again) {
  api.storage.local.onChanged.addListener((changes) => {
    if (changes[KEY]) again();
  });
  // Where there are no policies, there may be nothing to listen to.
  api.storage.managed?.onChanged?.addListener(() => again());
}

/**
 * Whether Detick rests on a host.
 *
 * @param {Settings} settings
 * @param {string} host
 * @param {number} [now] ms since 1970
 */
export function isPaused(settings, host, now = Date.now()) {
  return pauseOf(settings, host, now) !== undefined;
}

/**
 * The pause that holds for a host, if any.
 *
 * @param {Settings} settings
 * @param {string} host
 * @param {number} now ms since 1970
 */
export function pauseOf(settings, host, now) {
  return pausesAt(settings, now).find((pause) => isWithin(host, pause.host));
}

/**
 * The pauses that have not run out.
 *
 * @param {Settings} settings
 * @param {number} now ms since 1970
 */
export function pausesAt(settings, now) {
  return settings.paused.filter((pause) => pause.until === 0 || pause.until > now);
}

/**
 * @param {Settings} settings
 * @param {Pause} pause
 * @returns {Settings} with the pause in place of any other for the same site.
 */
export function withPause(settings, pause) {
  const others = settings.paused.filter((other) => other.host !== pause.host);
  return { ...settings, paused: [...others, pause] };
}

/**
 * @param {Settings} settings
 * @param {string} host
 * @returns {Settings} without any pause that covers the host.
 */
export function withoutPause(settings, host) {
  return { ...settings, paused: settings.paused.filter((pause) => !isWithin(host, pause.host)) };
}

/**
 * @param {Settings} settings
 * @param {Kept} kept
 * @returns {Settings} in which the parameter stays.
 */
export function withKept(settings, kept) {
  const others = settings.keep.filter((one) => one.host !== kept.host || one.name !== kept.name);
  return { ...settings, keep: [...others, kept] };
}

/**
 * @param {Settings} settings
 * @param {string} host
 * @param {string} name
 * @returns {Settings} in which the parameter goes on this host again.
 */
export function withoutKept(settings, host, name) {
  return { ...settings, keep: settings.keep.filter((kept) => kept.name !== name || !isWithin(host, kept.host)) };
}

/**
 * Whether the user wants this site's links left as they are.
 *
 * @param {Settings} settings
 * @param {string} url
 */
export function isLeftAlone(settings, url) {
  const host = hostOf(url);
  return settings.linksOff.some((site) => isWithin(host, site));
}

/**
 * @param {Settings} settings
 * @param {string} host
 * @returns {Settings} in which links to the site stay as they are.
 */
export function withLinksOff(settings, host) {
  return { ...settings, linksOff: [...settings.linksOff.filter((other) => other !== host), host] };
}

/**
 * @param {Settings} settings
 * @param {string} host
 * @returns {Settings} in which links to the host are cleaned.
 */
export function withLinksOn(settings, host) {
  return { ...settings, linksOff: settings.linksOff.filter((site) => !isWithin(host, site)) };
}

/**
 * @param {Settings} settings
 * @param {string} host
 * @returns {Settings} in which embedded videos on the site need no click.
 */
export function withEmbedSite(settings, host) {
  return { ...settings, embedSites: [...settings.embedSites.filter((site) => site !== host), host] };
}

/**
 * @param {Settings} settings
 * @param {string} host
 * @returns {Settings} in which embedded videos on the site wait for a click again.
 */
export function withoutEmbedSite(settings, host) {
  return { ...settings, embedSites: settings.embedSites.filter((site) => !isWithin(host, site)) };
}

/**
 * Settings out of any value: what is missing or of the wrong kind takes its default, so that a damaged store never
 * stops Detick. Files from outside go through `stored/exchange.js`, which refuses instead.
 *
 * @param {unknown} value
 * @returns {Settings}
 */
export function sound(value) {
  return { ...DEFAULTS, .../** @type {Partial<Settings>} */ (soundPart(value, KINDS)) };
}
