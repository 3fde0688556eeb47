/**
 * The settings as one file, and everything as after installing.
 *
 * @import { Actions, Section } from './frame.js'
 */

import { h } from 'preact';
import { acceptDrops } from '../shared/drop.js';
import { saveFile } from '../shared/file.js';
import { text } from '../shared/text.js';
import { apply, fromFile, LONGEST_FILE, NotTaken, toFile } from '../stored/exchange.js';
import * as ownLines from '../stored/own-lines.js';
import { DEFAULTS, own } from '../stored/settings.js';

/** @type {Section} */
export const backup = {
  id: 'sectionBackup',
  follow: (_, view) =>
    acceptDrops(({ dataTransfer }) => {
      const file = dataTransfer?.files[0];
      if (file) take(file, view);
    }),
  content: (view) => [
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
  ],
};

async function exportFile() {
  const now = new Date();
  saveFile(`detick-${now.toISOString().slice(0, 10)}.json`, toFile(await own(), await ownLines.load(), now));
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
 * @param {Actions} view
 */
export async function take(file, view) {
  try {
    if (file.size > LONGEST_FILE * 4) throw new NotTaken('importTooLong'); // a character has four bytes at most
    await apply(fromFile(await file.text()));
    view.say(backup.id, text('imported'));
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    view.say(backup.id, text(error.key, ...error.values), true);
  }
}

/** @param {Actions} view */
async function reset(view) {
  if (!confirm(text('resetSure'))) return;
  await apply({ settings: DEFAULTS, ownLines: '' });
  view.say(backup.id, text('resetDone'));
}
