/**
 * Detick itself: its version, its privacy statement, and what is new in it, which the popup has a link to until it was
 * seen; its icon, the file of settings, and what it keeps.
 *
 * @import { Section } from './frame.js'
 */

import { h } from 'preact';
import { api } from '../shared/browser.js';
import { reportForm } from '../shared/reports.js';
import { text } from '../shared/text.js';
import * as keys from '../stored/keys.js';
import { backup, followDrops } from './backup.js';
import { part } from './frame.js';
import { switchPart } from './parts.js';
import { followStorage, storage } from './storage.js';

/** The messages about this version; written anew for each. */
const NEWS = ['newsLog', 'newsLists', 'newsLearned'];

/** @type {Section} */
export const about = {
  id: 'sectionAbout',
  title: 'sectionAbout',
  follow: (redraw, actions) => {
    keys.put('news', undefined);
    followDrops(actions);
    followStorage(redraw);
  },
  content: (view) => [
    h('p', {}, text('newsVersion', api.runtime.getManifest().version)),
    h('p', {}, h('a', { id: 'privacy', href: '../privacy.html', hreflang: 'en' }, text('privacyStatement'))),
    reportPart(),
    switchPart(view, 'badge'),
    part('sectionBackup', view, backup(view)),
    part('sectionStorage', view, storage()),
    part('sectionNews', view, [
      h(
        'ul',
        { class: 'bullets' },
        NEWS.map((key) => h('li', { key }, text(key))),
      ),
    ]),
  ],
};

/** There is nothing to open where the manifest names no place for reports. */
function reportPart() {
  const form = reportForm();
  if (form === '') return undefined;
  return h('p', {}, h('a', { href: form, target: '_blank', rel: 'noreferrer' }, text('openReport')));
}
