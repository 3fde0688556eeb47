/** The cleaner: any text in, the same text with clean links out. */

import { render } from 'preact';
import { assemble, cleanText } from '../engine/links.js';
import { copy } from '../shared/copy.js';
import { acceptDrops, droppedText } from '../shared/drop.js';
import { ask } from '../shared/messages.js';
import { isShortLink } from '../shared/short-links.js';
import { nameLanguage, text } from '../shared/text.js';
import { summary, view } from './view.js';

/** @import { Actions, Link, State } from './view.js' */

const root = /** @type {HTMLElement} */ (document.getElementById('cleaner'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));

/** How long the button says that the text was copied. */
const COPIED_MS = 1500;

/** @type {Omit<State, 'clean'>} */
let state = { given: '', links: [], copied: undefined };

/** @type {ReturnType<typeof setTimeout> | undefined} */
let copiedTimer;

/** @type {Actions} */
const actions = {
  copyAll: () => copyAndTell(cleanWhole(), 'all'),
  copyOne: (index) => copyAndTell(shown(state.links[index]), index),
  clean,
  toggle: (index) => changeLink(index, (link) => ({ ...link, isUndone: !link.isUndone })),
  expand,
};

/** @param {string} words @param {State['copied']} which they are */
async function copyAndTell(words, which) {
  const isDone = await copy(words).then(
    () => true,
    () => false,
  );
  said.textContent = '';
  said.textContent = text(isDone ? 'copied' : 'notCopied');
  change({ copied: isDone ? which : undefined });
  clearTimeout(copiedTimer);
  copiedTimer = setTimeout(() => change({ copied: undefined }), COPIED_MS);
}

/** @param {Link | undefined} link @returns {string} as it stands now */
const shown = (link) => (link ? (link.isUndone ? link.original : link.url) : '');

/** @param {string} given */
async function clean(given) {
  state = { ...state, given, copied: undefined };
  const found = await cleanText(given);
  if (given !== state.given) return; // a later stroke has been cleaned already, or will be
  const links = found.links.map((link) => {
    const original = given.slice(link.start, link.end);
    return { ...link, original, isUndone: false, isShort: isShortLink(link.url), problem: '' };
  });
  change({ links });
}

/** @param {number} index */
async function expand(index) {
  const link = state.links[index];
  if (!link) return;
  try {
    const { url, removed } = await ask('expand', { url: link.url });
    changeLink(index, () => ({ ...link, url, removed, isUndone: false, isShort: isShortLink(url), problem: '' }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    changeLink(index, () => ({ ...link, problem: reason }));
  }
}

/** @param {number} index @param {(link: Link) => Link} how */
function changeLink(index, how) {
  change({ links: state.links.map((link, at) => (at === index ? how(link) : link)) });
}

/** @param {Partial<State>} what */
function change(what) {
  state = { ...state, ...what };
  if (what.links) tellResult();
  render(view({ ...state, clean: cleanWhole() }, actions), root);
}

/** Reads out what became of the links, once for each time that it is something else. */
function tellResult() {
  const words = state.links.length === 0 ? '' : summary(state.links);
  if (said.textContent !== words) said.textContent = words;
}

/** The text as it stands, each link clean or put back. */
function cleanWhole() {
  return assemble(
    state.given,
    state.links.map((link) => ({ ...link, url: shown(link) })),
  );
}

function start() {
  nameLanguage();
  document.title = text('cleanerTitle');
  change({});
  acceptDrops((event) => {
    change({ given: droppedText(event) });
    clean(state.given);
  });
  document.getElementById('text')?.focus();
}

start();
