/** The popup: reads, shows, and does what its buttons say. */

import { render } from 'preact';
import { ALL_URLS, api } from '../shared/browser.js';
import { copy } from '../shared/copy.js';
import { droppedText } from '../shared/drop.js';
import { ask } from '../shared/messages.js';
import { nameLanguage, text } from '../shared/text.js';
import { showFaults } from '../stored/fault-line.js';
import * as settings from '../stored/settings.js';
import { originalOf } from './link.js';
import { read } from './state.js';
import { view } from './view.js';

/** @import { Actions } from './view.js' */
/** @import { State } from './state.js' */

const root = /** @type {HTMLElement} */ (document.getElementById('popup'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));

/** How long a button says what came of pressing it. */
const ANSWERED_MS = 1500;

/** The engine is not needed for the first look; it comes when that is on the screen. */
const links = () => import('../engine/links.js');

/** @type {State} */
let state;

/** @type {Actions} */
const actions = {
  pause: (durationMs) => {
    const until = durationMs === 0 ? 0 : Date.now() + durationMs;
    settings.update((chosen) => settings.withPause(chosen, { host: state.site, until }));
  },
  resume: () => settings.update((chosen) => settings.withoutPause(chosen, state.site)),
  giveAccess: () => api.permissions.request({ origins: [ALL_URLS] }).then(refresh),
  copyClean: async () => copyAndSay((await (await links()).cleanLink(state.url)).url, 'copied', 'copy'),
  copyOriginal: () => copyAndSay(originalOf(state), 'copiedOriginal', 'copy-original'),
  copyReport: () => copyAndSay(reportWritten(), 'copied', 'copy-report'),
  keep: (name) => settings.update((chosen) => settings.withKept(chosen, { host: state.site, name })),
  unkeep: (name) => settings.update((chosen) => settings.withoutKept(chosen, state.site, name)),
  leaveLinks: () => settings.update((chosen) => settings.withLinksOff(chosen, state.site)),
  cleanLinks: () => settings.update((chosen) => settings.withLinksOn(chosen, state.site)),
  setLevel: (level) => settings.update((chosen) => ({ ...chosen, level })),
  alwaysPlayEmbeds: (site) => settings.update((chosen) => settings.withEmbedSite(chosen, site)),
  askBeforeEmbeds: (site) => settings.update((chosen) => settings.withoutEmbedSite(chosen, site)),
  openCleaner: () => open('cleaner/page.html'),
  openLog: () => open('log/page.html'),
  openNews: () => open('options/page.html#sectionNews'),
  openSettings: () => api.runtime.openOptionsPage(),
};

/** @param {string} path */
function open(path) {
  api.tabs.create({ url: api.runtime.getURL(path) });
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

/** For the eye on the button, for the ear in the status line. @param {string} words @param {string} id the button's */
function say(words, id) {
  said.textContent = words;
  const answer = { id, words };
  change({ answer });
  setTimeout(() => {
    if (state.answer === answer) change({ answer: undefined });
  }, ANSWERED_MS);
}

/**
 * Where the focus goes from a button that is gone once it was pressed: to the one that takes it back.
 *
 * @type {Record<string, string>}
 */
const TAKES_BACK = {
  pauseHour: 'resume',
  pauseDay: 'resume',
  pauseOpen: 'resume',
  resume: 'pause',
  'leave-links': 'clean-links',
  'clean-links': 'copy',
};

/** @param {Partial<State>} what */
function change(what) {
  state = { ...state, ...what };
  const focused = document.activeElement?.id ?? '';
  render(view(state, actions), root);
  if (!document.getElementById(focused)) document.getElementById(TAKES_BACK[focused] ?? '')?.focus();
}

async function refresh() {
  const next = await read(location.search);
  if (!next) return;
  const isSame = state?.tabId === next.tabId && state.url === next.url;
  const { original, cleaned, answer } = isSame ? state : next;
  change({ ...next, original, cleaned, answer });
  if (state.record?.arrival && askedAbout !== state.url) await askForOriginal();
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
  const { cleanText } = await links();
  copyAndSay((await cleanText(dropped)).text, 'copied', 'copy');
}

async function cleanPageLink() {
  if (!state?.site) return;
  const { url } = state;
  const { cleanLink } = await links();
  const cleaned = await cleanLink(url);
  if (state.url !== url) return; // the tab went on meanwhile, and asks again
  change({ cleaned });
}

/** Whether this is the toolbar's window, not a tab. */
function isPopup() {
  return api.extension.getViews({ type: 'popup' }).includes(window);
}

async function start() {
  nameLanguage();
  document.documentElement.classList.toggle('popup', isPopup());
  showFaults();
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', drop);
  await refresh();
  requestAnimationFrame(() => setTimeout(cleanPageLink, 0));
  const again = () => refresh().then(cleanPageLink);
  api.storage.session.onChanged.addListener(refresh);
  api.storage.local.onChanged.addListener(again);
  api.tabs.onUpdated.addListener((tabId, change) => {
    if (tabId === state?.tabId && change.url) again();
  });
}

start();
