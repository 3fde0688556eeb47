/**
 * What stays at the popup's upper edge: the site, and the switch that turns Detick off there, unless an organisation
 * says where that is.
 *
 * @import { State, Status } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { text } from '../shared/text.js';

/** @param {State} state @param {Status} status @param {Actions} actions */
export function top(state, status, actions) {
  const isOn = status !== 'paused';
  const isSite = status !== 'noAccess' && status !== 'noSite';
  const hasSwitch = isSite && !state.locked.includes('paused');
  return h(
    'div',
    { class: 'top' },
    h('bdi', { class: 'site', dir: 'ltr' }, state.site || 'Detick'),
    isSite && h('span', { class: 'soft', 'aria-hidden': hasSwitch }, text(isOn ? 'onHere' : 'offHere')),
    hasSwitch &&
      h('button', {
        id: 'switch',
        class: 'switch',
        role: 'switch',
        'aria-checked': isOn,
        'aria-label': text('switchOn', state.site),
        onClick: isOn ? () => actions.pause(0) : actions.resume,
      }),
  );
}
