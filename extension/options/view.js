/**
 * The settings page's face: settings in, elements out.
 *
 * @import { Settings } from '../types.js'
 */

import { api } from '../shared/browser.js';
import { h } from '../shared/dom.js';
import { language, text } from '../shared/text.js';
import { embedChoices, levelChoice } from './tiktok.js';

/** @typedef {{ [Key in keyof Settings]: Settings[Key] extends boolean ? Key : never }[keyof Settings]} Switch */

/** What was said last: an answer to an import, say. @typedef {{ words: string, isWrong: boolean }} Notice */

/**
 * What the page's controls do.
 *
 * @typedef {object} Actions
 * @property {(change: (settings: Settings) => Settings) => void} change
 * @property {(typed: string) => void} leaveAlone
 * @property {() => void} exportFile
 * @property {() => void} importFile
 * @property {() => void} reset
 */

/** Sections in order; the id is also the message key of the title. */
const SECTIONS = /** @type {const} */ ([
  ['sectionLinks', linkSwitches],
  ['sectionKept', keptList],
  ['sectionLeft', leftList],
  ['sectionPaused', pausedList],
  ['sectionTikTok', levelChoice],
  ['sectionEmbeds', embedChoices],
  ['sectionToolbar', toolbarSwitches],
  ['sectionBackup', backup],
]);

/**
 * @param {Settings} settings
 * @param {Notice | undefined} notice
 * @param {Actions} actions
 * @returns {HTMLElement[]}
 */
export function render(settings, notice, actions) {
  return [
    h(
      'header',
      {},
      h('img', { src: api.runtime.getURL('icons/on-128.png'), alt: '' }),
      h('h1', {}, text('settingsTitle')),
    ),
    h('nav', {}, h('ul', {}, ...SECTIONS.map(([id]) => h('li', {}, h('a', { href: `#${id}` }, text(id)))))),
    ...SECTIONS.map(([id, content]) =>
      h(
        'section',
        { id },
        h('h2', {}, text(id)),
        ...content(settings, actions, notice).filter((part) => part !== false),
      ),
    ),
  ];
}

/** @param {Settings} settings @param {Actions} actions */
function linkSwitches(settings, actions) {
  return [
    switchPart(settings, actions, 'cleanCopied'),
    switchPart(settings, actions, 'removeReferral'),
    switchPart(settings, actions, 'expandShortLinks'),
  ];
}

/** @param {Settings} settings @param {Actions} actions */
function toolbarSwitches(settings, actions) {
  return [switchPart(settings, actions, 'badge')];
}

/** @param {Settings} settings @param {Actions} actions @param {Switch} key */
function switchPart(settings, actions, key) {
  return h(
    'label',
    { class: 'switch' },
    h('input', {
      type: 'checkbox',
      id: key,
      checked: settings[key],
      onchange: () => actions.change((now) => ({ ...now, [key]: !now[key] })),
    }),
    h('span', {}, text(`set_${key}`), h('span', { class: 'soft' }, text(`set_${key}_more`))),
  );
}

/** @param {Settings} settings @param {Actions} actions */
function keptList(settings, actions) {
  const entries = settings.keep.map((kept) => ({
    key: `${kept.name} ${kept.host}`,
    what: text('keptEntry', kept.name, kept.host),
    more: '',
    undo: () => actions.change((now) => ({ ...now, keep: now.keep.filter((one) => !isSame(one, kept)) })),
  }));
  return [h('p', { class: 'soft' }, text('keptMore')), list(entries, 'keptNone')];
}

/** @param {{ host: string, name: string }} one @param {{ host: string, name: string }} other */
function isSame(one, other) {
  return one.host === other.host && one.name === other.name;
}

/** @param {Settings} settings @param {Actions} actions */
function leftList(settings, actions) {
  const entries = settings.linksOff.map((host) => ({
    key: host,
    what: host,
    more: '',
    undo: () => actions.change((now) => ({ ...now, linksOff: now.linksOff.filter((one) => one !== host) })),
  }));
  const field = h('input', {
    type: 'text',
    id: 'left-host',
    placeholder: 'example.com',
    'aria-label': text('leftHost'),
  });
  const form = h('form', { class: 'add' }, field, h('button', {}, text('add')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    actions.leaveAlone(field.value);
  });
  return [h('p', { class: 'soft' }, text('leftMore')), list(entries, 'leftNone'), form];
}

/** @param {Settings} settings @param {Actions} actions */
function pausedList(settings, actions) {
  const entries = settings.paused.map((pause) => ({
    key: pause.host,
    what: pause.host,
    more: pause.until === 0 ? text('pauseOpen') : text('until', moment(pause.until)),
    undo: () => actions.change((now) => ({ ...now, paused: now.paused.filter((one) => one.host !== pause.host) })),
  }));
  return [h('p', { class: 'soft' }, text('pausedMore')), list(entries, 'pausedNone')];
}

/** @param {number} ms since 1970 */
function moment(ms) {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

/** @param {{ key: string, what: string, more: string, undo: () => void }[]} entries @param {string} none */
export function list(entries, none) {
  if (entries.length === 0) return h('p', {}, text(none));
  return h('ul', { class: 'entries' }, ...entries.map(entry));
}

/** @param {{ key: string, what: string, more: string, undo: () => void }} entry */
function entry({ key, what, more, undo }) {
  return h(
    'li',
    {},
    h('span', { class: 'what' }, what),
    h('span', { class: 'soft' }, more),
    h(
      'button',
      { id: `undo ${key}`, class: 'plain', 'aria-label': text('takeOutNamed', what), onclick: undo },
      text('takeOut'),
    ),
  );
}

/** @param {Settings} _ @param {Actions} actions @param {Notice | undefined} notice */
function backup(_, actions, notice) {
  return [
    h('p', { class: 'soft' }, text('backupMore')),
    h(
      'p',
      { class: 'row' },
      h('button', { id: 'export', onclick: actions.exportFile }, text('exportFile')),
      h('button', { id: 'import', onclick: actions.importFile }, text('importFile')),
      h('button', { id: 'reset', onclick: actions.reset }, text('resetAll')),
    ),
    notice !== undefined && h('p', { class: notice.isWrong ? 'notice wrong' : 'notice' }, notice.words),
  ];
}
