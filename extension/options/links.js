/**
 * Links: what is taken out of them, and where nothing is.
 *
 * @import { Kept } from '../types.js'
 * @import { Section, View } from './frame.js'
 */

import { h } from 'preact';
import { typedSite } from '../shared/site.js';
import { text } from '../shared/text.js';
import { withLinksOff } from '../stored/settings.js';
import { addForm, entryList, switchPart } from './parts.js';

/** @type {Section} */
export const links = {
  id: 'sectionLinks',
  content: (view) => [
    switchPart(view, 'cleanOpened'),
    switchPart(view, 'cleanCopied'),
    switchPart(view, 'cleanMore'),
    switchPart(view, 'removeReferral'),
    switchPart(view, 'expandShortLinks'),
  ],
};

/** @type {Section} */
export const kept = {
  id: 'sectionKept',
  content: (view) => {
    const entries = view.settings.keep.map((one) => ({
      key: `${one.name} ${one.host}`,
      what: text('keptEntry', one.name, one.host),
      undo: () => view.change((now) => ({ ...now, keep: now.keep.filter((other) => !isSame(one, other)) })),
    }));
    return [h('p', { class: 'soft' }, text('keptMore')), entryList(entries, 'keptNone', view.locked.includes('keep'))];
  },
};

/** @type {Section} */
export const leftAlone = {
  id: 'sectionLeft',
  content: (view) => {
    const isLocked = view.locked.includes('linksOff');
    const entries = view.settings.linksOff.map((host) => ({
      key: `links ${host}`,
      what: host,
      undo: () => view.change((now) => ({ ...now, linksOff: now.linksOff.filter((one) => one !== host) })),
    }));
    return [
      h('p', { class: 'soft' }, text('leftMore')),
      entryList(entries, 'leftNone', isLocked),
      !isLocked && addForm('left-host', 'leftHost', 'example.com', (typed) => leaveAlone(view, typed)),
    ];
  },
};

/** @param {Kept} one @param {Kept} other */
function isSame(one, other) {
  return one.host === other.host && one.name === other.name;
}

/** @param {View} view @param {string} typed */
function leaveAlone(view, typed) {
  const host = typedSite(typed);
  if (host) view.change((now) => withLinksOff(now, host));
  else view.say(leftAlone.id, text('leftWrong', typed), true);
  return host !== '';
}
