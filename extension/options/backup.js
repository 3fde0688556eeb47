/**
 * The settings as one file, and everything as after installing. Both can be taken back until something else is done.
 *
 * @import { Taken } from '../stored/exchange.js'
 * @import { Actions, View } from './frame.js'
 */

import { h } from 'preact';
import { acceptDrops } from '../shared/drop.js';
import { saveFile } from '../shared/file.js';
import { text } from '../shared/text.js';
import { apply, fromFile, LONGEST_FILE, NotTaken, toFile } from '../stored/exchange.js';
import * as ownLines from '../stored/own-lines.js';
import { DEFAULTS, own } from '../stored/settings.js';

/** The part's anchor. */
const ID = 'sectionBackup';

/** Takes a file that is dropped anywhere on the page. @param {Actions} actions */
export function followDrops(actions) {
  acceptDrops(({ dataTransfer }) => {
    const file = dataTransfer?.files[0];
    if (file) take(file, actions);
  });
}

/** @param {View} view */
export function backup(view) {
  return [
    h('p', { class: 'soft' }, text('backupMore')),
    h(
      'p',
      { class: 'row' },
      h('button', { id: 'export', onClick: exportFile }, text('exportFile')),
      h('button', { id: 'import', onClick: () => document.getElementById('import-file')?.click() }, text('importFile')),
      h('button', { id: 'reset', onClick: () => reset(view) }, text('resetAll')),
    ),
    h('input', {
      type: 'file',
      id: 'import-file',
      accept: 'application/json,.json',
      hidden: true,
      onChange: ({ currentTarget }) => takeChosen(currentTarget, view),
    }),
  ];
}

async function exportFile() {
  const now = new Date();
  saveFile(`detick-${now.toISOString().slice(0, 10)}.json`, toFile(await own(), await ownLines.own(), now));
}

/** @param {HTMLInputElement} input @param {Actions} view */
async function takeChosen(input, view) {
  const file = input.files?.[0];
  if (file) await take(file, view);
  input.value = ''; // the same file, mended, may be chosen again
}

/**
 * Puts what a file says in force, or says why not; then nothing has changed.
 *
 * @param {File} file
 * @param {Actions} actions
 */
async function take(file, actions) {
  try {
    if (file.size > LONGEST_FILE * 4) throw new NotTaken('importTooLong'); // a character has four bytes at most
    await putInForce(fromFile(await file.text()), 'imported', 'import', actions);
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    actions.say(ID, text(error.key, ...error.values), true);
  }
}

/** @param {Actions} actions */
async function reset(actions) {
  if (!confirm(text('resetSure'))) return;
  await putInForce({ settings: DEFAULTS, ownLines: '' }, 'resetDone', 'reset', actions);
}

/**
 * @param {Taken} taken
 * @param {string} key of the message that says it is done
 * @param {string} button the id of the button that did it, which gets the focus back
 * @param {Actions} actions
 */
async function putInForce(taken, key, button, { say }) {
  const before = { settings: await own(), ownLines: await ownLines.own() };
  await apply(taken);
  say(ID, text(key), false, async () => {
    await apply(before);
    say(ID, text('undone'));
    document.getElementById(button)?.focus();
  });
}
