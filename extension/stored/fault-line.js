/** Tells at the top of a page of ours what went wrong elsewhere. */

import { h } from '../shared/dom.js';
import { text } from '../shared/text.js';
import { faults, onFaults } from './faults.js';

/** Shows what is wrong now, and from now on. */
export function showFaults() {
  const line = h('div', { id: 'faults', role: 'alert' });
  document.body.prepend(line);
  const show = async () => line.replaceChildren(...(await faults()).map((fault) => h('p', {}, text(fault))));
  show();
  onFaults(show);
}
