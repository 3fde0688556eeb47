/**
 * Sites on which Detick rests.
 *
 * @import { Section } from './frame.js'
 */

import { h } from 'preact';
import { language, text } from '../shared/text.js';
import { entryList } from './parts.js';

/** @type {Section} */
export const paused = {
  id: 'sectionPaused',
  content: (view) => {
    const entries = view.settings.paused.map(({ host, until }) => ({
      key: `pause ${host}`,
      what: host,
      more: until === 0 ? text('pauseOpen') : text('until', moment(until)),
      undo: () => view.change((now) => ({ ...now, paused: now.paused.filter((one) => one.host !== host) })),
    }));
    return [
      h('p', { class: 'soft' }, text('pausedMore')),
      entryList(entries, 'pausedNone', view.locked.includes('paused')),
    ];
  },
};

/** @param {number} ms since 1970 */
function moment(ms) {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}
