/**
 * Subscriptions and own lines. What a person has switched on is fetched when it is due, and put in force; nothing is
 * asked of anybody otherwise. Whatever fails leaves the set of before in force, and the list says why.
 *
 * settings and own lines change, or a list is due -> lists/gather.js -> lists/applying.js -> the browser's rules and
 * the engine
 *
 * @import { ListState, Settings } from '../../types.js'
 * @import { File } from './gather.js'
 */

import { onIncomplete } from '../../engine/engine.js';
import { api } from '../../shared/browser.js';
import * as store from '../../stored/list-files.js';
import * as states from '../../stored/list-states.js';
import * as ownLines from '../../stored/own-lines.js';
import * as settings from '../../stored/settings.js';
import * as rules from '../rules/rules.js';
import { apply, putRight, wish } from './applying.js';
import { gather } from './gather.js';
import { asProblem, ListProblem } from './problem.js';
import { dueAfterFailure, dueAfterSuccess } from './schedule.js';
import * as trust from './trust.js';

const ALARM = 'lists';

/** Browsers ring no sooner. */
const SOONEST_MS = 30_000;
const AFTER_START_MS = 60_000;

/** How often progress is told; each telling also keeps the background awake. */
const PROGRESS_MS = 500;

/** How often a set is compiled that never came to an end before it is left alone. */
const MOST_TRIES = 3;

/** Lists that are being asked for. @type {Map<string, { control: AbortController, done: Promise<undefined> }>} */
const underway = new Map();

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  const recovered = recover().catch(complain);
  settings.onChange((chosen) => recovered.then(() => heeding(() => follow(chosen))).catch(complain));
  ownLines.onChange(() => recovered.then(() => heeding(applyAndTell)).catch(complain));
  api.permissions.onAdded.addListener(() => heeding(putRight).catch(complain));
  api.permissions.onRemoved.addListener(() => heeding(putRight).catch(complain));
  onIncomplete(() => recovered.then(makeAnew).catch(complain));
  api.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === ALARM) recovered.then(updateDue).catch(complain);
  });
  api.runtime.onInstalled.addListener(() => recovered.then(begin).catch(complain));
  api.runtime.onStartup.addListener(() => recovered.then(begin).catch(complain));
}

/** @param {unknown} error */
function complain(error) {
  console.error('Detick: the lists could not be seen to.', error);
}

/** The last life of the background may have ended in the middle of something, or before it heard of a change. */
async function recover() {
  const interrupted = Object.entries(await states.all()).filter(([, state]) => state.doing);
  for (const [url] of interrupted)
    await states.update(url, (state) => failed(state, new ListProblem('listInterrupted')));
  if (interrupted.length > 0) await schedule();
  const { doing, tries = 0, heeded = '' } = await states.set();
  if (doing && tries >= MOST_TRIES) await heeding(giveUp);
  else if (doing || heeded !== (await wish())) await heeding(async () => follow(await settings.load()));
}

/** Leaves a set alone that never came to an end. */
function giveUp() {
  return states.updateSet(({ doing: _, ...set }) => ({ ...set, problem: { key: 'listInterrupted', values: [] } }));
}

/**
 * Does what a change asks for, and only then writes down that it was heeded: a background that dies on the way leaves
 * it to the next.
 *
 * @param {() => Promise<void>} work
 */
async function heeding(work) {
  const heeded = await wish();
  await work();
  if (((await states.set()).heeded ?? '') !== heeded) await states.updateSet((set) => ({ ...set, heeded }));
}

/** The browser or a new Detick starts: is everything as it was? */
async function begin() {
  await trust.begin();
  const chosen = await settings.load();
  const { key = '' } = await states.set();
  if (chosen.lists.length === 0 && key === '' && (await ownLines.load()) === '') return;
  await applyAndTell();
  await putRight();
  await schedule(AFTER_START_MS);
}

/** @param {Settings} chosen */
async function follow(chosen) {
  const on = chosen.lists.filter((list) => list.on).map((list) => list.url);
  for (const [url, { control }] of underway) if (!on.includes(url)) control.abort();
  await fetchMissing(on);
  await applyAndTell();
  await putRight(); // the same lists, but perhaps another wish about links
  const { lists } = await settings.load(); // there may be others by now
  await states.keepOnly(lists.map((list) => list.url));
  await schedule();
}

/** @param {string[]} on addresses of the lists that are switched on: those that are not on the disk are asked for */
async function fetchMissing(on) {
  const known = new Set((await store.heads()).map((head) => head.list));
  for (const url of on) if (!known.has(url)) update(url);
}

/**
 * What the lists were compiled to cannot be used: it is made again, of what there is, and what there is not is asked
 * for.
 */
async function makeAnew() {
  await applyAndTell({ again: true });
  const { lists } = await settings.load();
  await fetchMissing(lists.filter((list) => list.on).map((list) => list.url));
}

/** @param {{ again?: boolean }} [how] */
async function applyAndTell(how) {
  try {
    await apply(how);
    if ((await states.set()).problem) await states.updateSet(({ problem: _, ...set }) => set);
  } catch (error) {
    const { key, values } = asProblem(error);
    console.error('Detick: the lists of before stay in force.', error);
    await states.updateSet((set) => ({ ...set, problem: { key, values } }));
  }
}

async function updateDue() {
  const [chosen, known] = await Promise.all([settings.load(), states.all()]);
  const due = chosen.lists.filter(({ url, on }) => on && (known[url]?.next ?? 0) <= Date.now());
  await Promise.all(due.map(({ url }) => update(url)));
  await schedule();
}

/** What a page of ours says the person trusts. */
export const { vouch } = trust;

/**
 * Asks for a list now.
 *
 * @param {{ url: string }} list
 * @returns {Promise<undefined>} once it is in force, or its state says why not
 * @throws {Error} if it is not switched on
 */
export async function updateList({ url }) {
  const { lists } = await settings.load();
  if (!lists.some((list) => list.url === url && list.on)) throw new Error('That list is not switched on.');
  return update(url);
}

/** @param {string} url @returns {Promise<undefined>} */
function update(url) {
  const known = underway.get(url);
  if (known && !known.control.signal.aborted) return known.done;
  const control = new AbortController();
  const done = attempt(url, control.signal, known?.done).catch(complain).then(end);
  underway.set(url, { control, done });
  return done;

  function end() {
    if (underway.get(url)?.control === control) underway.delete(url);
    schedule().catch(complain);
    return undefined;
  }
}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 * @param {Promise<undefined>} [before] an attempt that was called off, and still has its last word to say
 */
async function attempt(url, signal, before) {
  await before;
  await states.update(url, (state) => ({ ...state, doing: 'fetching', received: 0 }));
  try {
    await rules.sync(); // they say which hosts may be asked
    const known = await store.heads();
    const files = await gather(url, known, signal, tellProgress(url));
    signal.throwIfAborted();
    await states.update(url, (state) => ({ ...state, doing: 'compiling', received: undefined }));
    await apply({ list: url, files });
    await states.update(url, (state) => succeeded(state, files));
  } catch (error) {
    if (!signal.aborted) console.warn(`Detick: ${url} was not taken.`, error);
    await states.update(url, (state) => (signal.aborted ? idle(state) : failed(state, asProblem(error))));
  }
}

/** @param {string} url @returns {(received: number) => void} */
function tellProgress(url) {
  let toldMs = 0;
  return (received) => {
    const now = Date.now();
    if (now - toldMs < PROGRESS_MS) return;
    toldMs = now;
    states.update(url, (state) => (state.doing === 'fetching' ? { ...state, received } : state)).catch(complain);
  };
}

/** @param {ListState} state @returns {ListState} */
function idle({ doing: _, received: __, ...state }) {
  return state;
}

/** @param {ListState} state @param {File[]} files @returns {ListState} */
function succeeded(state, files) {
  const { problem: _, ...calm } = idle(state);
  const now = Date.now();
  const { title, homepage, version, expiresHours } = files[0]?.head.facts ?? {};
  const isNew = files.some((file) => file.bytes);
  return {
    ...calm,
    failures: 0,
    checked: now,
    fetched: isNew ? now : (calm.fetched ?? now),
    next: dueAfterSuccess(now, expiresHours),
    title,
    homepage,
    version,
  };
}

/** @param {ListState} state @param {ListProblem} problem @returns {ListState} */
function failed(state, { key, values, retryAfterMs }) {
  const failures = state.failures + 1;
  return {
    ...idle(state),
    failures,
    problem: { key, values },
    next: dueAfterFailure(Date.now(), failures, retryAfterMs),
  };
}

/**
 * One alarm for the list that is due first.
 *
 * @param {number} [soonestMs] from now
 */
async function schedule(soonestMs = SOONEST_MS) {
  const [chosen, known] = await Promise.all([settings.load(), states.all()]);
  const dues = chosen.lists.filter(({ on }) => on).map(({ url }) => known[url]?.next ?? 0);
  if (dues.length === 0) await api.alarms.clear(ALARM);
  else await api.alarms.create(ALARM, { when: Math.max(Date.now() + soonestMs, Math.min(...dues)) });
}
