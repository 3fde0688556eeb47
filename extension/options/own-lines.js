/**
 * An editor for the user's own filter lines. While they type, each line that will not do or looks wrong is named with
 * its place and the reason: what `detick lint` says of it.
 *
 * @import { LineComplaint, ListSet } from '../types.js'
 * @import { View } from './frame.js'
 */

import { h } from 'preact';
import { loadCompiler } from '../engine/compiler.js';
import { canBlock, rulesFor } from '../shared/browser.js';
import { plural, text } from '../shared/text.js';
import * as keys from '../stored/keys.js';
import * as states from '../stored/list-states.js';
import * as ownLines from '../stored/own-lines.js';
import { checkLines } from '../wasm/compiler.js';

/** A pause in typing after which the lines are looked at. */
const PAUSE_MS = 150;
const MOST_SHOWN = 100;

const FIELD = 'own-lines';

/** As stored. */
let saved = '';

/** As typed. */
let typed = '';

/** @type {LineComplaint[]} */
let complaints = [];

/** @type {ListSet} */
let set = {};

/** @type {() => void} */
let redraw = () => undefined;

/** The part's anchor. */
export const OWN = 'sectionOwn';

/** Reads what the editor shows, and reads it again when it changes. @param {() => void} draw */
export function followOwnLines(draw) {
  redraw = draw;
  ownLines.onChange(readLines);
  keys.onChange('listSet', readSet);
  addEventListener('beforeunload', (event) => {
    if (typed !== saved) event.preventDefault();
  });
  readLines();
  readSet();
}

/** @param {View} view */
export function ownLinesPart(view) {
  return [
    h('p', { class: 'soft' }, text('ownMore')),
    h(
      'div',
      { class: 'editor' },
      h('pre', { class: 'gutter', 'aria-hidden': 'true', id: 'own-gutter' }, numbers()),
      h('textarea', {
        id: FIELD,
        wrap: 'off',
        rows: 12,
        spellcheck: false,
        autocapitalize: 'off',
        'aria-label': text('sectionOwn'),
        'aria-describedby': 'own-complaints',
        value: typed,
        onInput: look,
        onScroll: followScrolling,
        onKeyDown: (/** @type {KeyboardEvent} */ event) => saveByKey(event, view),
      }),
    ),
    h(
      'p',
      { class: 'row' },
      h('button', { id: 'own-save', class: 'main', onClick: () => save(view) }, text('ownSave')),
      h('span', { id: 'own-state', role: 'status', class: 'soft' }, stateWords()),
    ),
    complaintList(),
  ];
}

/** @returns {HTMLTextAreaElement | null} */
function field() {
  return /** @type {HTMLTextAreaElement | null} */ (document.getElementById(FIELD));
}

/** Takes the stored lines over, unless the person is in the middle of others. */
async function readLines() {
  const wasTouched = typed !== saved;
  saved = (await ownLines.load()).replaceAll(/\r\n?/g, '\n'); // as the editor has them
  if (!wasTouched) typed = saved;
  redraw();
  await check();
}

async function readSet() {
  set = await states.set();
  redraw();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

function look() {
  typed = field()?.value ?? '';
  redraw(); // the numbers of the lines follow every stroke
  clearTimeout(pause);
  pause = setTimeout(check, PAUSE_MS);
}

async function check() {
  await loadCompiler();
  // What rules cannot say is no loss where the engine decides.
  complaints = checkLines(typed, rulesFor).filter(({ kind }) => kind !== 'beyond' || !canBlock);
  redraw();
}

function followScrolling() {
  const gutter = document.getElementById('own-gutter');
  if (gutter) gutter.scrollTop = field()?.scrollTop ?? 0;
}

/** Numbers of the lines, those with a complaint marked. */
function numbers() {
  const marked = new Set(complaints.map(({ line }) => line));
  const count = typed.split('\n').length;
  return Array.from({ length: count }, (_, index) => `${marked.has(index + 1) ? '● ' : ''}${index + 1}`).join('\n');
}

/** @param {View} view */
async function save(view) {
  try {
    await ownLines.save(typed);
    saved = typed;
    view.say(OWN, '');
  } catch (error) {
    console.error('Detick: the lines were not saved.', error);
    view.say(OWN, text(typed.length > ownLines.LONGEST ? 'ownTooLong' : 'faultNotSaved'), true);
  }
  redraw();
}

/** @param {KeyboardEvent} event @param {View} view */
function saveByKey(event, view) {
  if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  save(view);
}

function stateWords() {
  if (typed !== saved) return text('ownUnsaved');
  if (saved.trim() === '') return '';
  if (set.doing) return text('listCompiling');
  return plural('ownInForce', set.counts?.['']?.converted ?? 0);
}

function complaintList() {
  const shown = complaints.slice(0, MOST_SHOWN);
  // Lines that are in force are no part of the count.
  const dead = complaints.filter(({ kind }) => kind !== 'advice').length;
  return h(
    'div',
    { id: 'own-complaints', 'aria-live': 'polite' },
    dead > 0 && h('p', {}, plural('ownComplaints', dead)),
    h('ul', { class: 'complaints' }, shown.map(complaintPart)),
  );
}

/** @param {LineComplaint} complaint */
function complaintPart({ line, column, kind, why, text: written }) {
  return h(
    'li',
    { key: `${line} ${column} ${why}`, class: kind },
    h(
      'button',
      { class: 'plain', 'data-line': line, 'data-column': column, onClick: () => goTo(line, column) },
      text('ownPlace', line, column),
    ),
    h('span', {}, ` ${why} `),
    h('code', {}, written),
  );
}

/**
 * Moves the caret.
 *
 * @param {number} line from 1
 * @param {number} column in characters, from 1
 */
function goTo(line, column) {
  const shown = field();
  if (!shown) return;
  const lines = shown.value.split('\n');
  const before = lines.slice(0, line - 1).reduce((length, one) => length + one.length + 1, 0);
  const at = before + [...(lines[line - 1] ?? '')].slice(0, column - 1).join('').length;
  shown.focus();
  shown.setSelectionRange(at, at);
  shown.scrollTop = (shown.scrollHeight / lines.length) * Math.max(0, line - 3);
}
