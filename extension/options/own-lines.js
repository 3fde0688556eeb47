/**
 * The user's own filter lines; the editor comes when it is opened. While they type, each line that has a mistake or
 * looks wrong is named with its place and the reason: what `detick lint` says of it.
 *
 * @import { LineComplaint, ListSet } from '../types.js'
 * @import * as Library from './editor.js'
 * @import { View } from './frame.js'
 */

import { h } from 'preact';
import { loadCompiler } from '../engine/compiler.js';
import { canBlock, rulesFor } from '../shared/browser.js';
import { complaintWords } from '../shared/complaints.js';
import { plural, text } from '../shared/text.js';
import * as keys from '../stored/keys.js';
import * as states from '../stored/list-states.js';
import * as ownLines from '../stored/own-lines.js';
import { managedNames } from '../stored/settings.js';
import { checkLines } from '../wasm/compiler.js';
import { managedNote } from './parts.js';

/** A pause in typing after which the lines are looked at. */
const PAUSE_MS = 150;
const MOST_SHOWN = 100;

/** As stored. */
let saved = '';

/** Whether the editor holds something else. */
let isTouched = false;

/** Loaded once somebody wants to edit. @type {typeof Library | undefined} */
let library;

/** @type {Library.Editor | undefined} */
let editor;

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
    if (isTouched) event.preventDefault();
  });
  readLines();
  readSet();
  if (location.hash === `#${OWN}`) open();
}

/** @param {View} view */
export function ownLinesPart(view) {
  if (view.locked.includes('ownLines')) return linesSet();
  return [
    h('p', { class: 'soft' }, text('ownMore')),
    library && h('div', { id: 'own-lines', class: 'editor', ref: (place) => mount(place, view) }),
    h(
      'p',
      { class: 'row' },
      library
        ? [
            h('button', { id: 'own-save', class: 'main', onClick: () => save(view) }, text('ownSave')),
            h('button', { id: 'own-find', onClick: () => editor?.find() }, text('ownFind')),
          ]
        : h('button', { id: 'own-open', onClick: open }, text('ownOpen')),
      h('span', { id: 'own-state', role: 'status', class: 'soft' }, stateWords()),
    ),
    complaintList(),
  ];
}

/** Those of an organisation: to be read. */
function linesSet() {
  return [
    managedNote(true),
    // With a place among what the Tab key reaches, so that keys can scroll it.
    h('pre', { id: 'own-lines-set', dir: 'ltr', tabindex: 0, 'aria-label': text('sectionOwn') }, saved),
    h('p', { id: 'own-state', role: 'status', class: 'soft' }, stateWords()),
    complaintList(),
  ];
}

async function open() {
  library = await import('./editor.js');
  redraw();
}

/** @param {HTMLElement | null} place @param {View} view */
function mount(place, view) {
  if (!place || !library || editor) return;
  editor = library.openEditor(place, saved, { changed: look, save: () => save(view) });
  editor.focus();
  check();
}

/** Takes the stored lines over, unless the person is in the middle of others. */
async function readLines() {
  const [lines, names] = await Promise.all([ownLines.load(), managedNames()]);
  saved = lines.replaceAll(/\r\n?/g, '\n'); // as the editor has them
  if (names.includes('ownLines')) return showSet();
  if (editor && !isTouched && !editor.holds(saved)) {
    editor.replace(saved);
    await check();
  }
  touch();
  redraw();
}

/** An editor that was open shows lines that do not hold: it has no place any more. */
async function showSet() {
  [editor, library, isTouched] = [undefined, undefined, false];
  redraw();
  await find(saved);
  redraw();
}

async function readSet() {
  set = await states.set();
  redraw();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

function look() {
  if (touch()) redraw();
  clearTimeout(pause);
  pause = setTimeout(check, PAUSE_MS);
}

/** @returns {boolean} whether it is other than before that there is something to save */
function touch() {
  const before = isTouched;
  isTouched = editor !== undefined && !editor.holds(saved);
  return isTouched !== before;
}

async function check() {
  await loadCompiler();
  if (!editor) return;
  await find(editor.text()); // at once: it is loaded
  editor?.complain(complaints);
  redraw();
}

/** Finds what is wrong with lines. @param {string} lines */
async function find(lines) {
  await loadCompiler();
  // What rules cannot say is no loss where the engine decides.
  complaints = checkLines(lines, rulesFor)
    .filter(({ kind }) => kind !== 'beyond' || !canBlock)
    .map((one) => ({ ...one, why: complaintWords(one) }));
}

/** @param {View} view */
async function save(view) {
  if (!editor) return;
  const words = editor.text();
  try {
    await ownLines.save(words);
    saved = words;
    view.say(OWN, '');
  } catch (error) {
    console.error('Detick: the lines were not saved.', error);
    view.say(OWN, text(words.length > ownLines.LONGEST ? 'ownTooLong' : 'faultNotSaved'), true);
  }
  touch();
  redraw();
}

function stateWords() {
  if (isTouched) return text('ownUnsaved');
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
    editor
      ? h(
          'button',
          { class: 'plain', 'data-line': line, 'data-column': column, onClick: () => editor?.goTo(line, column) },
          text('ownPlace', line, column),
        )
      : text('ownPlace', line, column),
    ' ',
    h('bdi', {}, why),
    ' ',
    h('code', {}, written),
  );
}
