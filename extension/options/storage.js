/**
 * What Detick keeps on this computer, and how much that is.
 */

import { h } from 'preact';
import { api } from '../shared/browser.js';
import { language, text } from '../shared/text.js';

/** Of storage.local: what the person has chosen. The rest is what Detick has counted and found out. */
const CHOSEN = /^(?:settings|ownLines)/;

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** Bytes, as far as measured. @type {{ chosen: number, counted: number, all: number } | undefined} */
let used;

/** Measures again whenever something was written. @param {() => void} redraw */
export function followStorage(redraw) {
  const again = () => measure().then(redraw);
  again();
  api.storage.local.onChanged.addListener(again);
}

/** How much is kept, as far as measured. */
export function storage() {
  return [
    h('p', { class: 'soft' }, text('storageMore')),
    used &&
      h(
        'dl',
        { class: 'facts' },
        fact('storageChosen', used.chosen),
        fact('storageCounted', used.counted),
        fact('storageAll', used.all),
      ),
  ];
}

async function measure() {
  const [stored, { usage = 0 }] = await Promise.all([api.storage.local.get(null), navigator.storage.estimate()]);
  const sizes = Object.entries(stored).map(([key, value]) => ({ key, size: sizeOf(value) }));
  const sum = (/** @type {typeof sizes} */ of) => of.reduce((all, { size }) => all + size, 0);
  const local = sum(sizes);
  const chosen = sum(sizes.filter(({ key }) => CHOSEN.test(key)));
  used = { chosen, counted: local - chosen, all: Math.max(usage, local) };
}

/** @param {unknown} value @returns {number} bytes, as JSON */
function sizeOf(value) {
  return new Blob([JSON.stringify(value)]).size;
}

/** @param {string} key @param {number} bytes */
function fact(key, bytes) {
  return [h('dt', {}, text(key)), h('dd', {}, amount(bytes))];
}

/** @param {number} bytes @returns {string} such as 12 kB */
function amount(bytes) {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const unitDisplay = step === 0 ? 'long' : 'short';
  const options = { style: 'unit', unit: UNITS[step], unitDisplay, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language(), /** @type {Intl.NumberFormatOptions} */ (options)).format(
    bytes / 1000 ** step,
  );
}
