/**
 * The log: every request while it is open, what became of it, and why. It begins with the last ones of open tabs that
 * the background keeps in memory (`background/requests/recent.js`). Nothing of it is written to a disk or sent.
 */

import { render } from 'preact';
import { circumstances, watch as followCircumstances } from '../engine/circumstances.js';
import { change as changeEngine, engine } from '../engine/engine.js';
import { isRepeat } from '../engine/explain.js';
import { quoted } from '../engine/lines.js';
import { saveReport } from '../engine/saved-report.js';
import { api, hasSiteAccess } from '../shared/browser.js';
import { saveFile } from '../shared/file.js';
import { toHar } from '../shared/har.js';
import { makeQueue } from '../shared/queue.js';
import { siteOf } from '../shared/site.js';
import { nameLanguage, text } from '../shared/text.js';
import * as keys from '../stored/keys.js';
import { compiled } from '../stored/list-files.js';
import * as ownLines from '../stored/own-lines.js';
import { managedNames } from '../stored/settings.js';
import { Entries } from './entries.js';
import { toLines } from './files.js';
import { judge } from './judge.js';
import { openLine } from './line.js';
import { drawInSight, followSight } from './list.js';
import { observe } from './observe.js';
import { view } from './view.js';

/** @import { Facts } from '../shared/har.js' */
/** @import { Recent, RequestDetails } from '../types.js' */
/** @import { Entry, Filter } from './entries.js' */
/** @import { Tab } from './judge.js' */
/** @import { Actions, State } from './view.js' */

/** How long entries are gathered before they are shown. */
const GATHER_MS = 200;

const entries = new Entries();

/** A line may have to be read first, and what came later still comes after. */
const inOrder = makeQueue();

/** The tab that the log was called from. */
const called = tabIn(location.search);

/** @type {Filter} */
const AT_FIRST = { text: '', tabId: called, group: 'stopped' };

/** @type {Pick<State, 'filter' | 'isResting' | 'hasAccess' | 'mayWrite' | 'seesPrivate' | 'answer' | 'open' | 'calledFrom'>} */
let state = {
  filter: AT_FIRST,
  isResting: false,
  hasAccess: true,
  mayWrite: true,
  seesPrivate: undefined,
  answer: undefined,
  open: new Set(),
  calledFrom: undefined,
};

/** What the filter finds, newest first, and what else was drawn of the entries last. */
let held = { ...entries.matching(AT_FIRST), all: 0, tabs: entries.tabs() };

/** Whether there are entries that are not shown yet. */
let hasFresh = false;

const root = /** @type {HTMLElement} */ (document.getElementById('log'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));

/** @param {string} search of the page's address @returns {number | undefined} */
function tabIn(search) {
  const tab = new URLSearchParams(search).get('tab') ?? '';
  return /^\d{1,15}$/.test(tab) ? Number(tab) : undefined;
}

/** @param {RequestDetails} details @param {Tab | undefined} tab */
async function take(details, tab) {
  if (state.isResting || isRepeat(details)) return;
  const [ready, known] = await Promise.all([engine(), circumstances()]);
  const entry = judge(ready, known, details, tab);
  if (!entry) return;
  await inOrder(async () => entries.add(await quoted(entry)));
  drawSoon();
}

function drawSoon() {
  if (!hasFresh) setTimeout(draw, GATHER_MS);
  hasFresh = true;
}

/** Draws what there is by now. */
function draw() {
  hasFresh = false;
  const tabs = entries.tabs();
  if (called !== undefined && !tabs.has(called) && state.calledFrom !== undefined) tabs.set(called, state.calledFrom);
  held = { ...entries.matching(state.filter), all: entries.all.length, tabs };
  redraw();
}

/** Draws what is in sight of it. */
function redraw() {
  const { found, ...rest } = held;
  drawInSight(found, state.open, (places, height) => {
    render(view({ ...state, ...rest, places, height, found: found.length }, actions), root);
  });
}

/** @param {Partial<typeof state>} what */
function change(what) {
  state = { ...state, ...what };
  draw();
}

/** @param {State['answer']} answer */
function say(answer) {
  said.textContent = answer?.words ?? '';
  change({ answer });
}

/** @returns {Entry[]} what the filter finds, oldest first */
const wanted = () => entries.matching(state.filter).found.reverse();

/** @param {string} ending @param {string} contents */
function save(ending, contents) {
  saveFile(`detick-log-${new Date().toISOString().slice(0, 19).replace(/:/g, '-')}.${ending}`, contents);
}

/**
 * What the pages that tabs show now would have told TikTok.
 *
 * @param {Entry[]} found
 * @returns {Promise<Facts>}
 */
async function factsOf(found) {
  const tabIds = [...new Set(found.map(({ tabId }) => tabId))].filter((tabId) => tabId >= 0);
  const records = await Promise.all(tabIds.map((tabId) => keys.get('tab', tabId)));
  return new Map(
    records.flatMap((record, index) =>
      record ? [[tabIds[index] ?? -1, { site: record.host, learned: record.learned }]] : [],
    ),
  );
}

/** @type {Actions} */
const actions = {
  filter: (what) => change({ filter: { ...state.filter, ...what } }),
  togglePause: () => change({ isResting: !state.isResting }),
  clear: () => {
    entries.clear();
    change({ filter: { ...state.filter, tabId: undefined } });
  },
  saveHar: async () => {
    const found = wanted();
    save('har', toHar(found, api.runtime.getManifest().version, await factsOf(found)));
  },
  saveReport: async (form) => {
    const found = wanted();
    const sites = [...new Set(found.map(({ site }) => site))];
    const site = sites.length === 1 ? (sites[0] ?? '') : '';
    await saveReport(found, await factsOf(found), { name: "Detick's log", site }, form);
  },
  saveLines: () => save('jsonl', toLines(wanted())),
  toggle: ({ id }) => {
    const open = new Set(state.open);
    if (!open.delete(id)) open.add(id);
    change({ open });
  },
  makeLine: (entry) => openLine(entry, entries.all, say),
  undo: async (before) => {
    await ownLines.save(before);
    say({ words: text('lineUndone'), isWrong: false });
  },
  reload: (tabId) => api.tabs.reload(tabId),
};

/** What the log cannot show, and what cannot be done in it. */
async function readAccess() {
  const [hasAccess, seesPrivate, set] = await Promise.all([
    hasSiteAccess(),
    api.extension.isAllowedIncognitoAccess(),
    managedNames(),
  ]);
  change({ hasAccess, seesPrivate, mayWrite: !set.includes('ownLines') });
}

/** What the tab that the log was called from shows. */
async function readCalled() {
  if (called === undefined) return;
  const tab = await api.tabs.get(called).catch(() => undefined); // closed meanwhile
  change({ calledFrom: siteOf(tab?.url) });
}

/**
 * Begins with what was kept from before; what the background had not written yet comes in as it does.
 *
 * @param {number} sinceMs what came later the log has seen itself
 */
async function takeEarlier(sinceMs) {
  const take = (/** @type {Recent[]} */ kept = []) => {
    entries.addEarlier(kept.filter(({ time }) => time < sinceMs));
    drawSoon();
  };
  keys.onChange('recent', take);
  take(await keys.get('recent'));
}

async function start() {
  nameLanguage();
  document.title = text('logTitle');
  draw();
  followSight(redraw);
  readAccess();
  readCalled();
  followCircumstances();
  keys.onChange('listSet', async () => changeEngine(await compiled()));
  await observe(take);
  await takeEarlier(Date.now());
  document.documentElement.dataset.ready = ''; // from here on nothing is missed
}

start();
