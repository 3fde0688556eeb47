/**
 * Lists and own lines into force: compiled, given to the browser, stored, given to the engine. Each step is atomic and
 * leaves the set of before if it fails; a background that dies between two of them is put right by `restore` in
 * in-force.js.
 *
 * @import { Head, ListCounts, ListFile, ListReport, Settings, Subscription } from '../../types.js'
 * @import { File } from './gather.js'
 * @import { Part, Product } from './work.js'
 */

import * as engine from '../../engine/engine.js';
import { shippedImage, versionOf } from '../../engine/shipped.js';
import { hasSiteAccess } from '../../shared/browser.js';
import { offered } from '../../shared/catalogue.js';
import { isOutdated } from '../../shared/published.js';
import { makeQueue } from '../../shared/queue.js';
import { text } from '../../shared/text.js';
import { hashOf } from '../../shared/trust.js';
import * as store from '../../stored/list-files.js';
import * as states from '../../stored/list-states.js';
import * as ownLines from '../../stored/own-lines.js';
import * as settings from '../../stored/settings.js';
import { insistentNames } from '../rules/kept.js';
import * as allRules from '../rules/rules.js';
import { compile } from './compiler.js';
import { BUDGET, putInForce, restore, setsOf } from './in-force.js';
import { vouchedFor } from './trust.js';

/** Own lines stand under this address among lists. */
export const OWN = '';

/** One file to be compiled. @typedef {{ head: Head, name: string, trusted: boolean }} Wanted */

/** Two changes of one set at a time would be a mixture; whoever comes next begins from what is in force. */
const queued = makeQueue();

/**
 * Puts what is switched on in force, if it is not yet.
 *
 * @param {object} [news]
 * @param {string} [news.list] address of a list that was fetched
 * @param {File[]} [news.files] all its files
 * @param {boolean} [news.again] compile even if nothing has changed
 * @returns {Promise<void>} once it is in force
 * @throws {Error} with the reason, if the set of before stays
 */
export function apply(news = {}) {
  return queued(() => applyNow(news));
}

/** Makes the browser's rules those of the set in force, if they are not. @returns {Promise<void>} */
export function putRight() {
  return queued(restore);
}

/** @typedef {{ list?: string, files?: File[], again?: boolean }} News */

/** @param {News} news */
async function applyNow(news) {
  const { own, files, gone, wanted, before, version, key, isInForce } = await plan(news);
  if (isInForce && !news.again) {
    await store.commit({ files, gone });
    return states.rest();
  }
  await compiling(async () => {
    const began = performance.now();
    const made = key === '' ? undefined : await make(wanted, files, own);
    const { unwrap, links } = setsOf(made?.product.rules);
    const insistent = insistentNames(links);
    const force = made && {
      meta: { key, version, unwrap, insistent, files: filesOf(wanted) },
      image: made.product.image,
      rules: made.product.rules,
      reports: made.reports,
    };
    await switchOver(key, { files, gone, force: force ?? null });
    await engine.change(force);
    await states.updateSet((set) => ({ ...set, ...summary(key, made), ms: Math.round(performance.now() - began) }));
    const told = [before?.unwrap ?? [], before?.insistent ?? []];
    if (JSON.stringify([unwrap, insistent]) !== JSON.stringify(told)) await allRules.sync();
  });
}

/** @param {Wanted[]} wanted @returns {Map<string, ListFile>} by the names that verdicts have for them */
function filesOf(wanted) {
  return new Map(wanted.map(({ name, head: { url, list, hash } }) => [name, { url, list, hash }]));
}

/** What there is, what there shall be, and whether that is in force already. @param {News} news */
async function plan({ list = '', files: come = [] }) {
  const [wishes, lines, stored, before, told] = await Promise.all([
    settings.load(),
    ownLines.load(),
    store.heads(),
    store.meta(),
    states.set(),
  ]);
  const { lists, own } = await vouchedFor(wishes.lists, lines);
  const chosen = { ...wishes, lists };
  const files = lists.some(({ url }) => url === list) ? come : []; // it may have been removed meanwhile
  const heads = [
    ...stored.filter((head) => head.list !== list || files.length === 0),
    ...files.map(({ head }) => head),
  ];
  const gone = stored.filter((head) => !isNeeded(head, heads, chosen));
  const wanted = wantedFiles(chosen, heads);
  const version = await versionOf(await shippedImage());
  const key = await keyOf(version, wanted, own);
  const isKnown = [before?.key, told.key].every((known = '') => known === key);
  // A file that belongs to the set and yet was not on the disk: other files may be missing too.
  const isRefilled = files.some(({ head }) => !stored.some((one) => isSameFile(one, head)));
  return { own, files, gone, wanted, before, version, key, isInForce: isKnown && !isRefilled };
}

/**
 * First the browser's rules, which may refuse, then the disk; if that refuses, the rules go back.
 *
 * @param {string} key
 * @param {Parameters<typeof store.commit>[0]} change
 */
async function switchOver(key, change) {
  await putInForce(key, change.force?.rules);
  try {
    await store.commit(change);
  } catch (error) {
    await restore();
    throw error;
  }
}

/**
 * Tells what is going on while `work` goes on, and what came of it.
 *
 * @param {() => Promise<void>} work
 */
async function compiling(work) {
  await states.updateSet(({ problem: _, ...set }) => ({ ...set, doing: 'compiling', tries: (set.tries ?? 0) + 1 }));
  try {
    await work();
  } finally {
    await states.rest();
  }
}

/** @param {Head} one @param {Head} other */
function isSameFile(one, other) {
  return one.list === other.list && one.url === other.url;
}

/** @param {Head} head @param {Head[]} heads those from now on @param {Settings} chosen */
function isNeeded(head, heads, chosen) {
  return heads.some((one) => isSameFile(one, head)) && chosen.lists.some(({ url }) => url === head.list);
}

/**
 * The files of lists that are on, each with a name of its own. Our own newer lists are left aside once they are older
 * than the package.
 *
 * @param {Settings} chosen
 * @param {Head[]} heads
 * @returns {Wanted[]}
 */
export function wantedFiles(chosen, heads) {
  const on = new Map(chosen.lists.filter((list) => list.on).map((list) => [list.url, list]));
  /** @type {Map<string, Wanted>} */
  const named = new Map();
  for (const list of on.values()) {
    const ofList = heads.filter((head) => head.list === list.url);
    if (isOutdated(list.url, ofList.find(({ url }) => url === list.url)?.facts.version)) continue;
    for (const head of ofList) {
      const name = nameOf(list, head, heads);
      const unique = named.has(name) ? `${name} (${head.url})` : name;
      named.set(unique, { head, name: unique, trusted: list.trusted });
    }
  }
  return [...named.values()];
}

/** @param {Subscription} list @param {Head} head @param {Head[]} heads */
function nameOf({ url }, head, heads) {
  const root = heads.find((one) => one.url === url);
  const name = offered(url)?.name ?? root?.facts.title ?? url.replace(/^https:\/\//, '');
  return head.url === url ? name : `${name} › ${head.url.slice(new URL('.', url).href.length)}`;
}

/**
 * What everything here follows from.
 *
 * @returns {Promise<string>} the same for the same; empty if nobody wants any lists
 */
export async function wish() {
  const [{ lists, cleanOpened }, own, hasAccess] = await Promise.all([
    settings.load(),
    ownLines.load(),
    hasSiteAccess(),
  ]);
  if (lists.length === 0 && own.trim() === '') return '';
  return hashOf(new TextEncoder().encode(JSON.stringify([lists, own, cleanOpened, hasAccess])));
}

/**
 * What the set is known by: the engine, and everything that goes in.
 *
 * @param {string} version
 * @param {Wanted[]} wanted
 * @param {string} own
 * @returns {Promise<string>} empty if nothing is wanted
 */
async function keyOf(version, wanted, own) {
  if (wanted.length === 0 && own.trim() === '') return '';
  const files = wanted.map(({ name, head, trusted }) => [name, head.hash, trusted]);
  return hashOf(new TextEncoder().encode(JSON.stringify([version, text('ownLinesName'), files, own])));
}

/**
 * Compiles.
 *
 * @param {Wanted[]} wanted
 * @param {File[]} files those that have just come
 * @param {string} own
 */
async function make(wanted, files, own) {
  const fresh = new Map(files.map(({ head, bytes }) => [head, bytes]));
  /** @type {Part[]} */
  const parts = [];
  for (const { name, head, trusted } of wanted) {
    const bytes = fresh.get(head) ?? (await soundText(head));
    parts.push({ name, bytes, trusted, own: false });
  }
  const lists = wanted.map(({ head }) => head.list);
  if (own.trim() !== '') {
    parts.push({ name: text('ownLinesName'), bytes: new TextEncoder().encode(own), trusted: true, own: true });
    lists.push(OWN);
  }
  const product = await compile({ parts, budget: BUDGET });
  return { product, reports: byList(lists, product.report.lists) };
}

/**
 * @param {Head} head
 * @returns {Promise<Uint8Array>} the file as it came
 * @throws {Error} if the disk has not kept it; then it is forgotten, and asked for anew
 */
async function soundText(head) {
  const bytes = await store.textOf(head);
  if (bytes && (await hashOf(bytes)) === head.hash) return bytes;
  await store.commit({ gone: [head] });
  throw new Error(`The text of ${head.url} is not on the disk any more.`);
}

/** @param {string[]} lists whose report each is @param {ListReport[]} reports */
function byList(lists, reports) {
  /** @type {Record<string, ListReport[]>} */
  const found = {};
  reports.forEach((report, index) => {
    const list = lists[index] ?? OWN;
    found[list] = [...(found[list] ?? []), report];
  });
  return found;
}

/** @param {string} key @param {{ product: Product, reports: Record<string, ListReport[]> } | undefined} made */
function summary(key, made) {
  const counts = Object.entries(made?.reports ?? {}).map(([list, reports]) => [list, sumOf(reports)]);
  return { key, rules: made?.product.report.rules ?? 0, counts: Object.fromEntries(counts) };
}

/** @param {ListReport[]} reports @returns {ListCounts} */
function sumOf(reports) {
  const names = /** @type {const} */ (['lines', 'converted', 'refused', 'left', 'unread', 'unprivileged']);
  const sums = names.map((name) => [name, reports.reduce((sum, report) => sum + report[name], 0)]);
  return Object.fromEntries(sums);
}
