/**
 * What is new in this version; the popup has a link to it until it was seen.
 *
 * @import { Section } from './frame.js'
 */

import { h } from 'preact';
import { api } from '../shared/browser.js';
import { text } from '../shared/text.js';
import * as keys from '../stored/keys.js';

/** The messages about this version; written anew for each. */
const NEWS = ['newsLog', 'newsLists', 'newsLearned'];

/** @type {Section} */
export const news = {
  id: 'sectionNews',
  follow: () => {
    keys.put('news', undefined);
  },
  content: () => [
    h('p', { class: 'soft' }, text('newsVersion', api.runtime.getManifest().version)),
    h(
      'ul',
      { class: 'bullets' },
      NEWS.map((key) => h('li', { key }, text(key))),
    ),
  ],
};
