/** The log: every request while it is open, what became of it, and why. Nothing of it is stored or sent. */

import { render } from 'preact';
import { circumstances, watch as followCircumstances } from '../engine/circumstances.js';
import { change as changeEngine, engine } from '../engine/engine.js';
import { isRepeat } from '../engine/explain.js';
import { api, hasSiteAccess } from '../shared/browser.js';
import { saveFile } from '../shared/file.js';
import { nameLanguage, text } from '../shared/text.js';
import * as keys from '../stored/keys.js';
import { image as storedImage } from '../stored/list-files.js';
import { Entries, toLines } from './entries.js';
import { judge } from './judge.js';
import { openLine } from './line.js';
import { observe } from './observe.js';
import { view } from './view.js';

/** @import { RequestDetails } from '../types.js' */
/** @import { Filter } from './entries.js' */
/** @import { Tab } from './judge.js' */
/** @import { Actions, State } from './view.js' */

/** How many entries are shown at first, and how many more each time. */
const STEP = 200;

/** How long entries are gathered before they are shown. */
const GATHER_MS = 200;

const entries = new Entries();

/** @type {Filter} */
const EVERYTHING = { text: '', tabId: undefined, outcome: 'any' };

/** @type {Pick<State, 'filter' | 'isResting' | 'hasAccess' | 'seesPrivate' | 'answer'>} */
let state = { filter: EVERYTHING, isResting: false, hasAccess: true, seesPrivate: undefined, answer: undefined };

let most = STEP;

/** Whether there are entries that are not shown yet. */
let hasFresh = false;

const root = /** @type {HTMLElement} */ (document.getElementById('log'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));

/** @param {RequestDetails} details @param {Tab | undefined} tab */
async function take(details, tab) {
  if (state.isResting || isRepeat(details)) return;
  const [ready, known] = await Promise.all([engine(), circumstances()]);
  const entry = judge(ready, known, details, tab);
  if (!entry) return;
  entries.add(entry);
  if (!hasFresh) setTimeout(draw, GATHER_MS);
  hasFresh = true;
}

function draw() {
  hasFresh = false;
  const found = entries.matching(state.filter);
  const shown = found.slice(0, most);
  render(view({ ...state, shown, found: found.length, all: entries.size, tabs: entries.tabs() }, actions), root);
}

/** @param {Partial<typeof state>} what */
function change(what) {
  state = { ...state, ...what };
  draw();
}

/** @param {string} words @param {boolean} isWrong */
function say(words, isWrong) {
  said.textContent = words;
  change({ answer: { words, isWrong } });
}

/** @type {Actions} */
const actions = {
  filter: (what) => {
    most = STEP;
    change({ filter: { ...state.filter, ...what } });
  },
  togglePause: () => change({ isResting: !state.isResting }),
  clear: () => {
    entries.clear();
    change({ filter: { ...state.filter, tabId: undefined } });
  },
  save: () => {
    const wanted = entries.matching(state.filter).reverse();
    saveFile(`detick-log-${new Date().toISOString().slice(0, 19).replace(/:/g, '-')}.jsonl`, toLines(wanted));
  },
  showOlder: () => {
    most += STEP;
    draw();
  },
  makeLine: (entry) => openLine(entry, entries.all, say),
};

/** What the log cannot show, and why. */
async function readAccess() {
  const [hasAccess, seesPrivate] = await Promise.all([hasSiteAccess(), api.extension.isAllowedIncognitoAccess()]);
  change({ hasAccess, seesPrivate });
}

async function start() {
  nameLanguage();
  document.title = text('logTitle');
  draw();
  readAccess();
  followCircumstances();
  keys.onChange('listSet', async () => changeEngine(await storedImage()));
  await observe(take);
  document.documentElement.dataset.ready = ''; // from here on nothing is missed
}

start();
