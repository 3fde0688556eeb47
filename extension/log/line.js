/**
 * From a request to a line of one's own: suggestions, what the line would have done to the requests in the log, and saving it.
 *
 * @import { Effect } from './effect.js'
 * @import { Entry } from './entries.js'
 */

import { h } from '../shared/dom.js';
import { language, plural, text } from '../shared/text.js';
import * as ownLines from '../stored/own-lines.js';
import { effectOf, mistake } from './effect.js';
import { suggestions } from './suggest.js';

/** How long typing rests before a line is tried. */
const TRY_AFTER_MS = 250;

/**
 * Opens the dialog for one request.
 *
 * @param {Entry} entry
 * @param {readonly Entry[]} entries to try lines on
 * @param {(words: string, isWrong: boolean) => void} say
 */
export function openLine(entry, entries, say) {
  const lines = suggestions(entry);
  const field = h('input', { type: 'text', id: 'line', value: lines[0] ?? '', spellcheck: 'false', dir: 'ltr' });
  const save = h('button', { id: 'save-line', class: 'main', type: 'submit' }, text('lineSave'));
  const effect = h('p', { id: 'effect', role: 'status' });
  const tried = () => tryLine(field, entries, effect, save);
  const choose = (/** @type {string} */ line) => {
    field.value = line;
    tried();
  };
  const dialog = h('dialog', { id: 'line-dialog', 'aria-labelledby': 'line-title' });
  const form = h(
    'form',
    {},
    h('h2', { id: 'line-title' }, text('lineTitle')),
    h('code', { class: 'url' }, entry.url),
    lines.length > 0 && choices(lines, choose),
    h('label', { class: 'field' }, text('lineField'), field),
    effect,
    h(
      'p',
      { class: 'row' },
      save,
      h('button', { id: 'cancel-line', type: 'button', onclick: () => dialog.close() }, text('cancel')),
    ),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    dialog.close();
    await keep(field.value.trim(), say);
  });
  field.addEventListener('input', resting(tried));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
  tried();
}

/** @param {string[]} lines @param {(line: string) => void} choose */
function choices(lines, choose) {
  const parts = lines.map((line, index) => {
    const button = h('input', {
      type: 'radio',
      name: 'suggestion',
      checked: index === 0,
      onchange: () => choose(line),
    });
    return h('p', { class: 'choice' }, h('label', {}, button, h('code', {}, line)));
  });
  return h('fieldset', {}, h('legend', { class: 'soft' }, text('lineSuggestions')), ...parts);
}

/**
 * Says what the line would have done, or what is wrong with it; only a line that is right can be saved.
 *
 * @param {HTMLInputElement} field
 * @param {readonly Entry[]} entries
 * @param {HTMLElement} effect
 * @param {HTMLButtonElement} save
 */
async function tryLine(field, entries, effect, save) {
  const line = field.value.trim();
  const wrong = line === '' ? undefined : await mistake(line);
  const words = wrong
    ? text('lineWrong', wrong.column, wrong.why)
    : line === ''
      ? text('lineEmpty')
      : sentence(await effectOf(line, entries), entries.length);
  if (line !== field.value.trim()) return; // a later stroke is being tried
  effect.textContent = words;
  save.disabled = line === '' || wrong !== undefined;
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
