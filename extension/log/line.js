/**
 * From a request to a line of one's own: suggestions, what the line would have done to the requests in the log, and
 * saving it.
 *
 * @import { Effect } from './effect.js'
 * @import { Entry } from './entries.js'
 */

import { h, render } from 'preact';
import { language, plural, text } from '../shared/text.js';
import * as ownLines from '../stored/own-lines.js';
import { effectOf, mistake } from './effect.js';
import { suggestions } from './suggest.js';

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
 * @param {(words: string, isWrong: boolean) => void} say
 */
export function openLine(entry, entries, say) {
  const place = document.createElement('div');
  document.body.append(place);
  /** @type {State} */
  let state = { entry, line: suggestions(entry)[0] ?? '', effect: '', canSave: true };
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
      return keep(state.line.trim(), say);
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
      { onSubmit: submit },
      h('h2', { id: 'line-title' }, text('lineTitle')),
      h('code', { class: 'url' }, entry.url),
      lines.length > 0 && choices(lines, actions.choose),
      h('label', { class: 'field' }, text('lineField'), field(line, actions.type)),
      h('p', { id: 'effect', role: 'status' }, effect),
      h(
        'p',
        { class: 'row' },
        h('button', { id: 'save-line', class: 'main', type: 'submit', disabled: !canSave }, text('lineSave')),
        h('button', { id: 'cancel-line', type: 'button', onClick: actions.close }, text('cancel')),
      ),
    ),
  );
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

/** @param {string[]} lines @param {(line: string) => void} choose */
function choices(lines, choose) {
  const parts = lines.map((line, index) => {
    const button = h('input', {
      type: 'radio',
      name: 'suggestion',
      defaultChecked: index === 0,
      onChange: () => choose(line),
    });
    return h('p', { key: line, class: 'choice' }, h('label', {}, button, h('code', {}, line)));
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
  if (wrong) return { effect: text('lineWrong', wrong.column, wrong.why), canSave: false };
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
 * @param {(words: string, isWrong: boolean) => void} say
 */
async function keep(line, say) {
  try {
    const before = await ownLines.load();
    const separator = before === '' || before.endsWith('\n') ? '' : '\n';
    await ownLines.save(`${before}${separator}${line}\n`);
    say(text('lineSaved'), false);
  } catch (error) {
    console.error('Detick: the line was not saved.', error);
    say(text('faultNotSaved'), true);
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
