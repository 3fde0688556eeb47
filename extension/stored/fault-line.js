/** Tells at the top of a page of ours what went wrong elsewhere. */

import { h, render } from 'preact';
import { text } from '../shared/text.js';
import { faults, onFaults } from './faults.js';

/** Shows what is wrong now, and from now on. */
export function showFaults() {
  const line = document.createElement('div');
  line.id = 'faults';
  line.role = 'alert';
  document.body.prepend(line);
  const part = (/** @type {string} */ fault) => h('p', { key: fault }, text(fault));
  const show = async () => render((await faults()).map(part), line);
  show();
  onFaults(show);
}
