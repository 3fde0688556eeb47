/** The log: every request while it is open, what became of it, and why. Nothing of it is stored or sent. */

import { circumstances, watch as followCircumstances } from '../engine/circumstances.js';
import { change as changeEngine, engine } from '../engine/engine.js';
import { isRepeat } from '../engine/explain.js';
import { api, hasSiteAccess } from '../shared/browser.js';
import { h, show } from '../shared/dom.js';
import { saveFile } from '../shared/file.js';
import { language, nameLanguage, plural, text } from '../shared/text.js';
import { image as storedImage } from '../stored/list-files.js';
import { Entries, matches, toLines } from './entries.js';
import { judge } from './judge.js';
import { openLine } from './line.js';
import { observe } from './observe.js';
import { head, row, tabOptions } from './view.js';

/** @import { RequestDetails } from '../types.js' */
/** @import { Entry, Filter } from './entries.js' */
/** @import { Tab } from './judge.js' */

/** How many entries are shown at first, and how many more each time. */
const STEP = 200;

/** How long entries are gathered before they are shown. */
const GATHER_MS = 200;

const entries = new Entries();

/** @type {Filter} */
let filter = { text: '', tabId: undefined, outcome: 'any' };
let isResting = false;
let most = STEP;

/** Entries that are not shown yet, oldest first. @type {Entry[]} */
let fresh = [];

const list = h('ol', { id: 'entries', class: 'log' });
const count = h('p', { id: 'count', class: 'soft' });
const older = h('button', { id: 'older', onclick: showOlder }, text('logOlder'));
const notes = h('div', { id: 'notes' });
const answer = h('div', { id: 'answer' });
const said = /** @type {HTMLElement} */ (document.getElementById('said'));

/** @param {RequestDetails} details @param {Tab | undefined} tab */
async function take(details, tab) {
  if (isResting || isRepeat(details)) return;
  const [ready, known] = await Promise.all([engine(), circumstances()]);
  const entry = judge(ready, known, details, tab);
  if (!entry) return;
  fresh.push(entries.add(entry));
  if (fresh.length === 1) setTimeout(showFresh, GATHER_MS);
}

/** New entries come on top; those at the bottom go. */
function showFresh() {
  const wanted = fresh.filter((entry) => matches(entry, filter)).slice(-most);
  fresh = [];
  list.prepend(...wanted.reverse().map(toRow));
  while (list.childElementCount > most) list.lastElementChild?.remove();
  showCounts();
}

/** Everything anew: the filter has changed. */
function showAll() {
  fresh = [];
  const wanted = entries.matching(filter).slice(0, most);
  list.replaceChildren(...wanted.map(toRow));
  showCounts();
}

/** @param {Entry} entry */
const toRow = (entry) => row(entry, (one) => openLine(one, entries.all, say));

function showCounts() {
  const found = entries.matching(filter).length;
  count.textContent =
    entries.size === 0 ? text('logEmpty') : plural('logCount', found, entries.size.toLocaleString(language()));
  older.hidden = found <= list.childElementCount;
  showTabs();
}

function showTabs() {
  const select = /** @type {HTMLSelectElement} */ (document.getElementById('tab'));
  show(select, tabOptions(entries.tabs()));
  select.value = String(filter.tabId ?? '');
}

/** @param {string} words @param {boolean} isWrong */
function say(words, isWrong) {
  said.textContent = words;
  answer.replaceChildren(h('p', { class: isWrong ? 'notice wrong' : 'notice' }, words));
}

function showOlder() {
  most += STEP;
  showAll();
}

const actions = {
  /** @param {Partial<Filter>} change */
  filter: (change) => {
    filter = { ...filter, ...change };
    most = STEP;
    showAll();
  },
  togglePause: () => {
    isResting = !isResting;
    const button = /** @type {HTMLElement} */ (document.getElementById('pause'));
    button.setAttribute('aria-pressed', String(isResting));
    button.textContent = text(isResting ? 'logResume' : 'logPause');
  },
  clear: () => {
    entries.clear();
    filter = { ...filter, tabId: undefined };
    showAll();
  },
  save: () => {
    const wanted = entries.matching(filter).reverse();
    saveFile(`detick-log-${new Date().toISOString().slice(0, 19).replace(/:/g, '-')}.jsonl`, toLines(wanted));
  },
};

/** What the log cannot show, and why. */
async function showNotes() {
  const [hasAccess, inPrivate] = await Promise.all([hasSiteAccess(), api.extension.isAllowedIncognitoAccess()]);
  notes.replaceChildren(
    ...(hasAccess ? [] : [h('p', { class: 'notice wrong' }, text('logNoAccess'))]),
    h('p', { class: 'soft' }, text(inPrivate ? 'logPrivateSeen' : 'logPrivateUnseen')),
  );
}

async function start() {
  nameLanguage();
  document.title = text('logTitle');
  const root = /** @type {HTMLElement} */ (document.getElementById('log'));
  root.append(...head(actions), notes, answer, count, list, older);
  showAll();
  showNotes();
  followCircumstances();
  api.storage.local.onChanged.addListener(async (changes) => {
    if (changes.listSet) await changeEngine(await storedImage());
  });
  await observe(take);
  document.documentElement.dataset.ready = ''; // from here on nothing is missed
}

start();
