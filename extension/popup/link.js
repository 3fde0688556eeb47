/**
 * The page's own link: clean, with what went from it and why.
 *
 * @import { Removed } from '../types.js'
 * @import { State } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { isWithin } from '../shared/site.js';
import { text, translated } from '../shared/text.js';
import { isLeftAlone } from '../stored/settings.js';
import { foldedList, words } from './parts.js';

/** A shared link can lose twenty parameters: the first few tell enough. */
const ROWS_SHOWN = 3;

/**
 * @param {State} state
 * @param {Actions} actions
 */
export function linkSection(state, actions) {
  if (isLeftAlone(state.settings, state.url)) return leftAlone(state, actions);
  const clean = state.cleaned?.url ?? state.url;
  const rows = [...removedFrom(state).map((one) => removedRow(one, actions)), ...keptHere(state, actions)];
  const isChanged = originalOf(state) !== clean;
  return h(
    'section',
    { class: 'link' },
    h('h2', {}, text('pageLink')),
    h('output', { class: 'url', id: 'clean-url', dir: 'ltr', tabindex: 0 }, readable(clean)), // long ones scroll, by keys too
    foldedList(rows, { name: 'removed', shown: ROWS_SHOWN }),
    unwrappedFrom(state),
    h(
      'p',
      { class: 'copy' },
      h('button', { id: 'copy', class: 'main', onClick: actions.copyClean }, words(state, 'copy', 'copyCleanLink')),
      isChanged && plainButton('copy-original', words(state, 'copy-original', 'copyOriginal'), actions.copyOriginal),
    ),
    isChanged && plainButton('leave-links', text('leaveLinks'), actions.leaveLinks),
  );
}

/** @param {string} id @param {string} said @param {() => void} onClick */
function plainButton(id, said, onClick) {
  return h('button', { id, class: 'plain', onClick }, said);
}

/** @param {State} state @param {Actions} actions */
function leftAlone(state, actions) {
  return h(
    'section',
    { class: 'link' },
    h('h2', {}, text('pageLink')),
    h('p', { class: 'soft' }, text('leavingLinks', state.site)),
    plainButton('clean-links', text('cleanLinksAgain'), actions.cleanLinks),
  );
}

/**
 * The address that the page was asked for, before Detick touched it.
 *
 * @param {State} state
 */
export function originalOf(state) {
  return state.original ?? state.url;
}

/** What went on the way here and what goes when the link is copied, each name once. @param {State} state */
function removedFrom(state) {
  const all = [...(state.record?.arrival?.removed ?? []), ...(state.cleaned?.removed ?? [])];
  const kept = keptNames(state);
  const once = new Map(all.filter((one) => !kept.includes(one.name)).map((one) => [one.name, one]));
  return [...once.values()];
}

/** @param {Removed} one @param {Actions} actions */
function removedRow(one, actions) {
  return h(
    'li',
    { key: one.name },
    h('code', { dir: 'ltr' }, one.name),
    h('span', { class: 'soft' }, translated('why', one.why)),
    h(
      'button',
      {
        class: 'plain',
        id: `keep-${one.name}`,
        'aria-label': text('keepNamed', one.name),
        onClick: () => actions.keep(one.name),
      },
      text('keep'),
    ),
  );
}

/** @param {State} state */
function keptNames(state) {
  return state.settings.keep.filter((kept) => isWithin(state.site, kept.host)).map((kept) => kept.name);
}

/** @param {State} state @param {Actions} actions */
function keptHere(state, actions) {
  return keptNames(state).map((name) =>
    h(
      'li',
      { key: name },
      h('code', { dir: 'ltr' }, name),
      h('span', { class: 'soft' }, text('keptOn', state.site)),
      h(
        'button',
        {
          class: 'plain',
          id: `keep-${name}`,
          'aria-label': text('removeAgainNamed', name),
          onClick: () => actions.unkeep(name),
        },
        text('removeAgain'),
      ),
    ),
  );
}

/** @param {State} state */
function unwrappedFrom(state) {
  const hosts = state.record?.arrival?.unwrapped ?? [];
  return hosts.length > 0 && h('p', { class: 'soft' }, text('skippedRedirectors', hosts.join(', ')));
}

/** An address without what every address has. @param {string} url */
function readable(url) {
  return url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/^([^/]+)\/$/, '$1');
}
