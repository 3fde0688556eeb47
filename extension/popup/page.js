/** The popup: reads, shows, and does what its buttons say. */

import { render } from 'preact';
import { ALL_URLS, api, isPhone } from '../shared/browser.js';
import { copy } from '../shared/copy.js';
import { droppedText } from '../shared/drop.js';
import { withLine, withoutLine } from '../shared/exceptions.js';
import { latest } from '../shared/latest.js';
import { ask } from '../shared/messages.js';
import { reportForm } from '../shared/reports.js';
import { nameLanguage, text } from '../shared/text.js';
import { showFaults } from '../stored/fault-line.js';
import * as keys from '../stored/keys.js';
import * as settings from '../stored/settings.js';
import * as focus from './focus.js';
import { inForce, writeLines } from './lines-here.js';
import { namesOf, originalOf } from './link.js';
import { requestsOf } from './page-requests.js';
import { filledIn } from './report.js';
import { AT_FIRST, read } from './state.js';
import { shapeOf, view } from './view.js';
import { levelReason } from './visitor.js';

/** @import { Actions } from './view.js' */
/** @import { State, ViewName } from './state.js' */

const root = /** @type {HTMLElement} */ (document.getElementById('popup'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));

/** How long a button says what came of pressing it. */
const ANSWERED_MS = 1500;

/** The engine is not needed for the first look; it comes when that is on the screen. */
const later = () => import('./later.js');

/** @type {State} */
let state;

/** @type {Actions} */
const actions = {
  pause: (durationMs) => changed(pauseHere(durationMs)),
  resume: () => changed(settings.update((chosen) => settings.withoutPause(chosen, state.site))),
  pauseAndReload: () => {
    show('home');
    changed(pauseHere(0)).then(reload);
  },
  reload,
  allow: (line) =>
    changed(
      writeLines((lines) => withLine(lines, line)),
      text('allowedHere'),
    ),
  disallow: (lines) =>
    changed(
      writeLines((own) => lines.reduce(withoutLine, own)),
      text('stopAgain'),
    ),
  lockNow: () => changed(ask('lockAgain', {})),
  giveAccess: () => api.permissions.request({ origins: [ALL_URLS] }).then(refresh),
  copyClean: async () => copyAndSay((await (await later()).cleanLink(state.url)).url, 'copied', 'copy'),
  shareClean: () => shareAndSay('share'),
  copyOriginal: () => copyAndSay(originalOf(state), 'copiedOriginal', 'copy-original'),
  openOriginal: () => goTo(originalOf(state)),
  keep: (name) =>
    changed(
      settings.update((chosen) => settings.withKept(chosen, { host: state.site, name })),
      text('keptOn', state.site),
    ),
  unkeep: (name) =>
    changed(
      settings.update((chosen) => settings.withoutKept(chosen, state.site, name)),
      text('undo'),
    ),
  leaveLinks: () =>
    told(
      settings.update((chosen) => settings.withLinksOff(chosen, state.site)),
      text('leavingLinks', state.site),
    ),
  cleanLinks: () =>
    told(
      settings.update((chosen) => settings.withLinksOn(chosen, state.site)),
      text('undone'),
    ),
  setLevel: async (level) => {
    await changed(settings.update((chosen) => ({ ...chosen, level })));
    if (state.view === 'protection') said.textContent = levelReason(state);
  },
  playAll: () => askPage(true),
  alwaysPlayEmbeds: (site) =>
    told(
      settings.update((chosen) => settings.withEmbedSite(chosen, site)),
      text('embedsPlayHere'),
    ),
  askBeforeEmbeds: (site) =>
    changed(
      settings.update((chosen) => settings.withoutEmbedSite(chosen, site)),
      text('embedsWaitHere'),
    ),
  show,
  openCleaner: () => open('cleaner/page.html'),
  openLog: () => open(`log/page.html?tab=${state.tabId}`),
  openNews: () => open('options/page.html#sectionNews'),
  openOwnLines: () => open('options/page.html#sectionOwn'),
  openSettings: () => api.runtime.openOptionsPage().then(makeWay),
  saveReport,
  openReport: () => open(filledIn(reportForm(), state.site, reportWritten())),
};

/** @param {number} durationMs 0: until turned on */
function pauseHere(durationMs) {
  const until = durationMs === 0 ? 0 : Date.now() + durationMs;
  return settings.update((chosen) => settings.withPause(chosen, { host: state.site, until }));
}

/**
 * Something was changed that shows once the page is loaded anew.
 *
 * @param {Promise<unknown>} written
 * @param {string} [words] for the ear, where the head line does not tell
 */
async function changed(written, words = '') {
  await written;
  await refresh();
  change({ isReloadDue: true, shape: undefined });
  const title = document.querySelector('h1')?.textContent ?? '';
  said.textContent = state.view === 'home' || words === '' ? title : words;
}

/**
 * Something was changed that the eye sees where it was pressed.
 *
 * @param {Promise<unknown>} written
 * @param {string} words for the ear
 */
async function told(written, words) {
  await written;
  said.textContent = words;
}

async function reload() {
  await inForce();
  await ask('followSettings', {});
  change({ isReloadDue: false });
  if (state.isStandIn) await goTo(state.url);
  else await api.tabs.reload(state.tabId);
}

/** @param {string} url */
async function goTo(url) {
  await ask('followSettings', {});
  await api.tabs.update(state.tabId, { url });
}

/** Opens a view of the popup, or goes back to the first. @param {ViewName} view */
function show(view) {
  const from = state.view;
  change({ view, shape: undefined });
  document.getElementById(view === 'home' ? `open-${from}` : 'back')?.focus();
}

/**
 * Asks the page how many embedded videos wait there, or has it play them all.
 *
 * @param {boolean} plays
 */
async function askPage(plays) {
  const { tabId, url } = state;
  const waiting = await api.tabs.sendMessage(tabId, { name: 'waitingEmbeds', plays }, { frameId: 0 }).catch(() => 0);
  if (state.url === url && Number.isSafeInteger(waiting)) change({ waiting });
}

/** @param {string} path of a page of ours, or an address */
async function open(path) {
  await api.tabs.create({ url: new URL(path, api.runtime.getURL('/')).href });
  makeWay();
}

/** A phone's popup stands before the tab that it has just opened. */
function makeWay() {
  if (isPhone) close();
}

/**
 * Saves a report of the page.
 *
 * @param {{ isHtml: boolean, hasValues: boolean }} form
 */
async function saveReport(form) {
  const { tabId, site, record } = state;
  if (!record) return;
  const [{ saveReport: save }, recent = []] = await Promise.all([later(), keys.get('recent')]);
  const facts = new Map([[tabId, { site, learned: record.learned }]]);
  await save(requestsOf(tabId, record, recent), facts, { name: "Detick's record of a page", site }, form);
}

/** The report as the person has left it. */
function reportWritten() {
  return /** @type {HTMLTextAreaElement} */ (document.getElementById('report-text')).value;
}

/**
 * @param {string} words to be copied
 * @param {string} key what to say about it
 * @param {string} button the id of the button that was pressed
 */
async function copyAndSay(words, key, button) {
  try {
    await copy(words);
    say(text(key), button);
  } catch (error) {
    console.error('Detick: the popup could not copy.', error);
    say(text('notCopied'), button);
  }
}

/**
 * Hands the page's clean link to what the phone shares by.
 *
 * @param {string} button the id of the button that was pressed
 */
async function shareAndSay(button) {
  try {
    await navigator.share({ url: (await (await later()).cleanLink(state.url)).url });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return; // the person thought better of it
    console.error('Detick: the popup could not share.', error);
    say(text('notShared'), button);
  }
}

/** For the eye on the button, for the ear in the status line. @param {string} words @param {string} id the button's */
function say(words, id) {
  said.textContent = words;
  const answer = { id, words };
  change({ answer });
  setTimeout(() => {
    if (state.answer === answer) change({ answer: undefined });
  }, ANSWERED_MS);
}

/** @param {Partial<State>} what */
function change(what) {
  state = { ...state, ...what };
  state.seen = namesOf(state);
  focus.keepFocus(() => render(view(state, actions), root));
}

const readLatest = latest(() => read(location.search));

/**
 * Counts that come while a pointer is over the popup change numbers, and what stands where stays: nobody should press
 * what has just slid under their finger.
 *
 * @param {boolean} [isHeld]
 */
async function refresh(isHeld = false) {
  const next = await readLatest();
  if (!next) return;
  const isSame = state?.tabId === next.tabId && state.url === next.url;
  const kept = isSame ? pick(state) : AT_FIRST;
  const shape = isSame && isHeld && root.matches(':hover') ? (state.shape ?? shapeOf(state)) : undefined;
  change({ ...next, ...kept, shape });
  if (state.record?.arrival && askedAbout !== state.url) await askForOriginal();
}

/** @param {State} state @returns {typeof AT_FIRST} what was done in the popup and asked about the page */
function pick({ original, cleaned, answer, waiting, view, shape, seen, isReloadDue }) {
  return /** @type {typeof AT_FIRST} */ ({ original, cleaned, answer, waiting, view, shape, seen, isReloadDue });
}

/** The address whose original was last asked for. */
let askedAbout = '';

/** The address from before is not stored: the background may know it. */
async function askForOriginal() {
  const { tabId, url } = state;
  askedAbout = url;
  const original = await ask('originalAddress', { tabId, url }).catch(() => undefined);
  if (original === undefined || state.url !== url) return;
  change({ original });
}

/** A link dropped here is copied clean. @param {DragEvent} event */
async function drop(event) {
  event.preventDefault();
  const dropped = droppedText(event); // later the event would say no more
  const { cleanText } = await later();
  copyAndSay((await cleanText(dropped)).text, 'copied', 'copy');
}

async function cleanPageLink() {
  if (!state?.site) return;
  const { url } = state;
  const { cleanLink } = await later();
  const cleaned = await cleanLink(url);
  if (state.url !== url) return; // the tab went on meanwhile, and asks again
  change({ cleaned });
}

/** Whether this is the toolbar's window, which is as wide as it is told to be; phones show it as a page. */
function isPopup() {
  return !isPhone && api.extension.getViews({ type: 'popup' }).includes(window);
}

async function start() {
  nameLanguage();
  document.documentElement.classList.toggle('popup', isPopup());
  showFaults();
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', drop);
  focus.watch();
  follow();
  await refresh();
  requestAnimationFrame(() => {
    focus.begin();
    setTimeout(lookCloser, 0);
  });
}

/** Looks again whenever something changes, also while it looks for the first time. */
function follow() {
  api.storage.session.onChanged.addListener(() => refresh(true));
  api.storage.local.onChanged.addListener((changes) =>
    refresh(!changes.settings && !changes.ownLines).then(cleanPageLink),
  );
  document.documentElement.addEventListener('pointerleave', () => refresh());
  api.tabs.onUpdated.addListener((tabId, { url, status }) => {
    const isShown = !state || tabId === state.tabId;
    if (isShown && (url || status)) refresh(!url).then(lookCloser);
  });
}

/** What takes an engine, or the page's own answer. */
async function lookCloser() {
  await Promise.all([cleanPageLink(), state?.site ? askPage(false) : undefined]);
}

start();
