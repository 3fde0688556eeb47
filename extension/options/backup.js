/**
 * The settings as one file, and everything as after installing.
 *
 * @import { Settings } from '../types.js'
 * @import { Section, View } from './frame.js'
 */

import { h } from '../shared/dom.js';
import { fromFile, NotTaken, toFile } from '../shared/exchange.js';
import { DEFAULTS } from '../shared/settings.js';
import { text } from '../shared/text.js';

/** How long a browser may take to fetch a file from this page. */
const FETCH_MS = 10_000;

/** @type {Section} */
export const backup = {
  id: 'sectionBackup',
  content: (view) => [
    h('p', { class: 'soft' }, text('backupMore')),
    h(
      'p',
      { class: 'row' },
      h('button', { id: 'export', onclick: () => exportFile(view.settings) }, text('exportFile')),
      h('button', { id: 'import', onclick: () => importFile(view) }, text('importFile')),
      h('button', { id: 'reset', onclick: () => reset(view) }, text('resetAll')),
    ),
  ],
};

/** @param {Settings} chosen */
function exportFile(chosen) {
  const now = new Date();
  const file = new Blob([toFile(chosen, now)], { type: 'application/json' });
  const href = URL.createObjectURL(file);
  h('a', { href, download: `detick-${now.toISOString().slice(0, 10)}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(href), FETCH_MS);
}

/** @param {View} view */
function importFile(view) {
  const input = h('input', { type: 'file', accept: 'application/json,.json' });
  input.addEventListener('change', () => {
    if (input.files?.[0]) take(input.files[0], view);
  });
  input.click();
}

/** @param {File} file @param {View} view */
async function take(file, view) {
  try {
    const taken = fromFile(await file.text());
    await view.change(() => taken);
    view.say(backup.id, text('imported'));
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    view.say(backup.id, text(error.key, ...error.values), true);
  }
}

/** @param {View} view */
async function reset(view) {
  if (!confirm(text('resetSure'))) return;
  await view.change(() => DEFAULTS);
  view.say(backup.id, text('resetDone'));
}
