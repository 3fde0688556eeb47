/**
 * What to do when a site does not work: first what helps at once, then, where the project takes reports, a report.
 *
 * @import { State } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { reportForm } from '../shared/reports.js';
import { text } from '../shared/text.js';
import { reportText } from './report.js';

/** @param {State} state @param {Actions} actions */
export function troubleView(state, actions) {
  const mayPause = !state.locked.includes('paused');
  const mayAllow = !state.locked.includes('ownLines');
  const hasStopped = (state.record?.count ?? 0) > 0;
  return [
    h(
      'section',
      { key: 'help', class: 'trouble' },
      h('p', { class: 'soft' }, text(mayPause || mayAllow ? 'troubleMore' : 'setByOrganisation')),
      mayPause &&
        h('button', { id: 'off-and-reload', class: 'main', onClick: actions.pauseAndReload }, text('offAndReload')),
      mayAllow &&
        hasStopped &&
        h('button', { id: 'allow-one', onClick: () => actions.show('stopped') }, text('allowOne')),
    ),
    reportForm() !== '' &&
      h(
        'section',
        { key: 'report', class: 'report' },
        h('p', { class: 'soft', id: 'report-more' }, text('reportMore')),
        h('textarea', {
          id: 'report-text',
          rows: 6,
          'aria-label': text('reportText'),
          'aria-describedby': 'report-more',
          dir: 'auto',
          defaultValue: reportText(state), // what the person writes stays
        }),
        h('button', { id: 'open-report', onClick: actions.openReport }, text('openReport')),
      ),
  ];
}
