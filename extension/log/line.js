/**
 * From a request to a line of one's own: suggestions, what the line would have done to the requests in the log, and
 * saving it.
 *
 * @import { Effect } from './effect.js'
 * @import { Entry } from './entries.js'
 * @import { Suggestion } from './suggest.js'
 * @import { Answer } from './view.js'
 */

import { h, render } from 'preact';
import { complaintWords } from '../shared/complaints.js';
import { withLine } from '../shared/exceptions.js';
import { hostOf } from '../shared/site.js';
import { isolated, language, plural, text } from '../shared/text.js';
import * as ownLines from '../stored/own-lines.js';
import { effectOf, mistake } from './effect.js';
import { isStopped } from './entries.js';
import { opensEverywhere, suggestions } from './suggest.js';

/** How long typing rests before a line is tried. */
const TRY_AFTER_MS = 250;

/**
 * What the dialog shows.
 *
 * @typedef {object} State
 * @property {Entry} entry
 * @property {string} line as typed
 * @property {string} effect what the line would have done, or what is wrong with it
 * @property {boolean} canSave
 */

/**
 * Opens the dialog for one request.
 *
 * @param {Entry} entry
 * @param {readonly Entry[]} entries to try lines on
 * @param {(answer: Answer) => void} say
 */
export function openLine(entry, entries, say) {
  const place = document.createElement('div');
  document.body.append(place);
  /** @type {State} */
  let state = { entry, line: suggestions(entry)[0]?.line ?? '', effect: '', canSave: true };
  /** @param {Partial<State>} what */
  const change = (what) => {
    state = { ...state, ...what };
    if (place.isConnected) render(dialog(state, actions), place);
  };
  const tryLine = async () => {
    const line = state.line.trim();
    const tried = await effectWords(line, entries);
    if (line === state.line.trim()) change(tried); // else a later stroke is being tried
  };
  const soon = resting(tryLine);
  const actions = {
    choose: (/** @type {string} */ line) => {
      change({ line });
      tryLine();
    },
    type: (/** @type {string} */ line) => {
      change({ line });
      soon();
    },
    save: () => {
      close();
      return keep(state.line.trim(), entry, say);
    },
    close,
    closed: () => place.remove(),
  };
  change({});
  const shown = place.querySelector('dialog');
  function close() {
    shown?.close();
  }
  shown?.showModal();
  document.getElementById('line')?.focus();
  tryLine();
}

/**
 * @typedef {object} Actions
 * @property {(line: string) => void} choose a suggestion
 * @property {(line: string) => void} type
 * @property {() => unknown} save
 * @property {() => void} close
 * @property {() => void} closed
 */

/** @param {State} state @param {Actions} actions */
function dialog({ entry, line, effect, canSave }, actions) {
  const lines = suggestions(entry);
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    actions.save();
  };
  return h(
    'dialog',
    { id: 'line-dialog', 'aria-labelledby': 'line-title', onClose: actions.closed },
    h(
      'form',
      { onSubmit: submit, onKeyDown: keepClosed },
      h('h2', { id: 'line-title' }, text(isStopped(entry) ? 'lineAllowTitle' : 'lineBlockTitle')),
      h('code', { class: 'url' }, entry.url),
      lines.length > 0 && choices(lines, entry, line, actions.choose),
      h('label', { class: 'field' }, text('lineField'), field(line, actions.type)),
      h('p', { id: 'effect', role: 'status' }, effect),
      opensEverywhere(line) && h('p', { id: 'wide', class: 'notice wrong' }, text('lineWide')),
      h(
        'p',
        { class: 'row' },
        h('button', { id: 'save-line', class: 'main', type: 'submit', disabled: !canSave }, text('lineSave')),
        h('button', { id: 'cancel-line', type: 'button', onClick: actions.close }, text('cancel')),
      ),
    ),
  );
}

/**
 * Enter saves what holds for one site, or stops something. What opens the web to a tracker is saved by its button
 * alone: a key that is pressed once too often must not do that.
 *
 * @param {KeyboardEvent} event
 */
function keepClosed(event) {
  const isField = event.target instanceof HTMLInputElement;
  const line = /** @type {HTMLInputElement | null} */ (document.getElementById('line'))?.value ?? '';
  if (event.key === 'Enter' && isField && opensEverywhere(line)) event.preventDefault();
}

/** @param {string} line @param {(line: string) => void} type */
function field(line, type) {
  return h('input', {
    type: 'text',
    id: 'line',
    value: line,
    spellcheck: false,
    dir: 'ltr',
    onInput: ({ currentTarget }) => type(currentTarget.value),
  });
}

/**
 * @param {Suggestion[]} suggested
 * @param {Entry} entry
 * @param {string} chosen the line in the field
 * @param {(line: string) => void} choose
 */
function choices(suggested, { url, site }, chosen, choose) {
  const host = isolated(hostOf(url.replace(/^ws/, 'http')));
  const parts = suggested.map(({ line, key }) => {
    const checked = line === chosen.trim();
    const button = h('input', { type: 'radio', name: 'suggestion', checked, onChange: () => choose(line) });
    return h('p', { key: line, class: 'choice' }, h('label', {}, button, text(key, isolated(site), host)));
  });
  return h('fieldset', {}, h('legend', { class: 'soft' }, text('lineSuggestions')), parts);
}

/**
 * What a line would have done, or what is wrong with it; only a line that is right can be saved.
 *
 * @param {string} line
 * @param {readonly Entry[]} entries
 * @returns {Promise<Pick<State, 'effect' | 'canSave'>>}
 */
async function effectWords(line, entries) {
  if (line === '') return { effect: text('lineEmpty'), canSave: false };
  const wrong = await mistake(line);
  if (wrong) return { effect: text('lineWrong', wrong.column, complaintWords(wrong)), canSave: false };
  return { effect: sentence(await effectOf(line, entries), entries.length), canSave: true };
}

/** @param {Effect} effect @param {number} number of requests that it was tried on */
function sentence({ stops, lets }, number) {
  const all = number.toLocaleString(language());
  if (lets > 0) return plural('lineLets', lets, all);
  return stops > 0 ? plural('lineStops', stops, all) : plural('lineNothing', number);
}

/**
 * Adds a line to one's own.
 *
 * @param {string} line
 * @param {Entry} entry that it was made of
 * @param {(answer: Answer) => void} say
 */
async function keep(line, { tabId }, say) {
  try {
    const before = await ownLines.own();
    await ownLines.save(withLine(before, line));
    say({ words: text('lineSaved'), isWrong: false, before, tabId });
  } catch (error) {
    console.error('Detick: the line was not saved.', error);
    say({ words: text('faultNotSaved'), isWrong: true });
  }
}

/** @param {() => unknown} react @returns {() => void} to be called often; `react` is, once that rests */
function resting(react) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(react, TRY_AFTER_MS);
  };
}
