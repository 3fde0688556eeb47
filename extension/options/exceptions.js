/**
 * Everything that Detick leaves alone because the person said so, in one list: what it is, where, and a button that
 * takes it back. What was taken back stays in its place, with a way to have it again, until the page is closed.
 *
 * @import { Exception } from './exception-list.js'
 * @import { Section, View } from './frame.js'
 */

import { h } from 'preact';
import { typedSite } from '../shared/site.js';
import { isolated, language, text } from '../shared/text.js';
import * as keys from '../stored/keys.js';
import * as lines from '../stored/own-lines.js';
import { withEmbedSite, withLinksOff, withPause } from '../stored/settings.js';
import { exceptionsOf, inOrder } from './exception-list.js';
import { managedNote } from './parts.js';

/** Fewer can be looked over without a field to search them. */
const SEARCHED_FROM = 6;

let ownLines = '';
let liftedUntil = 0;

/** What is searched for. */
let sought = '';

/** What was taken back, by its key. @type {Map<string, Exception>} */
const taken = new Map();

/** @type {() => void} */
let redraw = () => undefined;

/** What can be added here, by the value that chooses it: the setting that holds it, its words, and how it is added. */
const ADDED = /** @type {const} */ ({
  links: ['linksOff', 'exceptionLinks', withLinksOff],
  pause: [
    'paused',
    'offHere',
    (/** @type {View['settings']} */ now, /** @type {string} */ host) => withPause(now, { host, until: 0 }),
  ],
  embeds: ['embedSites', 'embedsPlayHere', withEmbedSite],
});

/** @type {Section} */
export const exceptions = {
  id: 'sectionExceptions',
  title: 'sectionExceptions',
  follow: (draw) => {
    redraw = draw;
    lines.onChange(readLines);
    readLines();
    const lift = (/** @type {number | undefined} */ until = 0) => {
      liftedUntil = until;
      redraw();
    };
    keys.onChange('liftedUntil', lift);
    keys.get('liftedUntil').then(lift);
  },
  content: (view) => {
    const { all, back } = listed(view);
    const found = all.filter(isSought);
    return [
      h('p', { class: 'soft' }, text('exceptionsMore')),
      all.length >= SEARCHED_FROM && searchField(found.length, all.length),
      all.length === 0
        ? h('p', {}, text('exceptionsNone'))
        : h(
            'ul',
            { class: 'entries' },
            found.map((one) => entryPart(one, back.has(one), view)),
          ),
      addForm(view),
    ];
  },
};

async function readLines() {
  ownLines = await lines.load();
  redraw();
}

/** Those that hold, and those that were taken back here. @param {View} view */
function listed({ settings }) {
  const hold = exceptionsOf(settings, ownLines, liftedUntil, Date.now());
  const keysHeld = new Set(hold.map(({ key }) => key));
  const back = new Set([...taken.values()].filter(({ key }) => !keysHeld.has(key)));
  return { all: inOrder([...hold, ...back]), back };
}

/** @param {Exception} one */
function isSought({ site, what, more = '' }) {
  const words = `${site} ${what} ${more}`.toLocaleLowerCase(language());
  return words.includes(sought.trim().toLocaleLowerCase(language()));
}

/** @param {number} found @param {number} all */
function searchField(found, all) {
  const number = (/** @type {number} */ count) => count.toLocaleString(language());
  return h(
    'p',
    { key: 'search', class: 'row' },
    h('input', {
      type: 'search',
      id: 'exception-search',
      value: sought,
      placeholder: text('exceptionFind'),
      'aria-label': text('exceptionFind'),
      spellcheck: false,
      onInput: ({ currentTarget }) => {
        sought = currentTarget.value;
        redraw();
      },
    }),
    h('span', { class: 'soft', role: 'status' }, sought && text('exceptionsFound', number(found), number(all))),
  );
}

/** @param {Exception} one @param {boolean} isTaken back @param {View} view */
function entryPart(one, isTaken, view) {
  const { key, site, what, more, setting } = one;
  const isLocked = setting !== undefined && view.locked.includes(setting);
  const words = [site, what].filter((part) => part !== '').join(': ');
  return h(
    'li',
    { key, 'data-exception': key, class: isTaken ? 'taken' : '' },
    h(
      'span',
      { class: 'what' },
      site !== '' && h('bdi', { class: 'site' }, site),
      h('span', { class: 'soft' }, what, more && ` (${more})`),
    ),
    isTaken && h('span', { class: 'soft' }, text('takenOut')),
    isLocked
      ? managedNote(true)
      : h(
          'button',
          {
            id: `undo ${key}`,
            class: 'plain',
            'aria-label': isTaken ? `${text('undo')}: ${isolated(words)}` : text('takeOutNamed', isolated(words)),
            onClick: () => (isTaken ? giveBack(one, view) : takeBack(one, view)),
          },
          text(isTaken ? 'undo' : 'takeOut'),
        ),
  );
}

/** @param {Exception} one @param {View} view */
async function takeBack(one, view) {
  taken.set(one.key, one);
  await one.remove(view.change);
  view.tell(text('takenOut'));
  redraw();
}

/** @param {Exception} one @param {View} view */
async function giveBack(one, view) {
  await one.restore(view.change);
  taken.delete(one.key);
  view.tell(text('undone'));
  redraw();
}

/** @param {View} view */
function addForm(view) {
  const kinds = Object.entries(ADDED).filter(([, [setting]]) => !view.locked.includes(setting));
  if (kinds.length === 0) return undefined;
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (document.getElementById('exception-site'));
    const kind = /** @type {HTMLSelectElement} */ (document.getElementById('exception-kind'));
    if (add(view, field.value, /** @type {keyof typeof ADDED} */ (kind.value))) field.value = '';
  };
  return h(
    'form',
    { key: 'add', class: 'add', onSubmit: submit },
    h('input', {
      type: 'text',
      id: 'exception-site',
      placeholder: 'example.com',
      'aria-label': text('leftHost'),
      spellcheck: false,
    }),
    h(
      'select',
      { id: 'exception-kind', 'aria-label': text('exceptionKind') },
      kinds.map(([value, [, words]]) => h('option', { key: value, value }, text(words))),
    ),
    h('button', {}, text('add')),
  );
}

/** @param {View} view @param {string} typed @param {keyof typeof ADDED} kind @returns {boolean} whether it was added */
function add(view, typed, kind) {
  const host = typedSite(typed);
  const [, words, withSite] = ADDED[kind];
  if (host) {
    view.change((now) => withSite(now, host));
    view.tell(`${host}: ${text(words)}`);
  } else view.say(exceptions.id, text('leftWrong', typed), true);
  return host !== '';
}
