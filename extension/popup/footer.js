/**
 * What stays at the popup's lower edge.
 *
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { text } from '../shared/text.js';

/** @param {Actions} actions */
export function footer(actions) {
  return h(
    'footer',
    {},
    h('button', { id: 'log', onClick: actions.openLog }, text('log')),
    h('button', { id: 'cleaner', onClick: actions.openCleaner }, text('cleanLink')),
    h('button', { id: 'settings', onClick: actions.openSettings }, text('settings')),
  );
}
