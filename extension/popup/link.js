/**
 * The page's own link: clean, with what went from it and why.
 *
 * @import { Removed } from '../types.js'
 * @import { State } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { isPhone } from '../shared/browser.js';
import { isWithin } from '../shared/site.js';
import { isolated, language, text, translated } from '../shared/text.js';
import { isLeftAlone } from '../stored/settings.js';
import { words } from './parts.js';

/**
 * @param {State} state
 * @param {Actions} actions
 */
export function linkView(state, actions) {
  if (isLeftAlone(state.settings, state.url)) return leftAlone(state, actions);
  const clean = state.cleaned?.url ?? state.url;
  const rows = namesOf(state).map((name) => row(name, state, actions));
  const isChanged = originalOf(state) !== clean;
  return h(
    'section',
    { class: 'link' },
    h('output', { class: 'url', id: 'clean-url', dir: 'ltr' }, readable(clean)),
    rows.length > 0 && h('ul', { class: 'removed' }, rows),
    unwrappedFrom(state),
    h(
      'p',
      { class: 'copy' },
      copyButtons(state, actions),
      isChanged && plainButton('copy-original', words(state, 'copy-original', 'copyOriginal'), actions.copyOriginal),
      canOpenAgain(state) && plainButton('open-again', text('openOriginal'), actions.openOriginal),
    ),
    !state.locked.includes('linksOff') && plainButton('leave-links', text('leaveLinks'), actions.leaveLinks),
  );
}

/**
 * How the page's clean link is taken along: copied, and where a phone can, shared.
 *
 * @param {State} state
 * @param {Actions} actions
 */
export function copyButtons(state, actions) {
  return [
    h('button', { id: 'copy', class: 'main', onClick: actions.copyClean }, words(state, 'copy', 'copyCleanLink')),
    canShare(state.url) &&
      h('button', { id: 'share', onClick: actions.shareClean }, words(state, 'share', 'shareCleanLink')),
  ];
}

/** @param {string} url */
function canShare(url) {
  return isPhone && (navigator.canShare?.({ url }) ?? false);
}

/** Whether what is kept now went on the way here. @param {State} state */
function canOpenAgain(state) {
  const gone = (state.record?.arrival?.removed ?? []).map(({ name }) => name);
  return state.original !== undefined && keptNames(state).some((name) => gone.includes(name));
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
    h('p', { class: 'soft' }, text('leavingLinks', isolated(state.site))),
    state.locked.includes('linksOff')
      ? h('p', { class: 'soft' }, text('setByOrganisation'))
      : plainButton('clean-links', text('cleanLinksAgain'), actions.cleanLinks),
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

/**
 * What went on the way here and what goes when the link is copied, each name once.
 *
 * @param {State} state
 * @returns {Removed[]}
 */
export function removedFrom(state) {
  const kept = keptNames(state);
  return everRemoved(state).filter((one) => !kept.includes(one.name));
}

/** @param {State} state @returns {Removed[]} what is kept now included */
function everRemoved(state) {
  const all = [...(state.record?.arrival?.removed ?? []), ...(state.cleaned?.removed ?? [])];
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

/**
 * Names of parameters, those that were shown before in their places.
 *
 * @param {State} state
 * @returns {string[]}
 */
export function namesOf(state) {
  const now = [...everRemoved(state).map(({ name }) => name), ...keptNames(state)];
  return [...new Set([...state.seen.filter((name) => now.includes(name)), ...now])];
}

/** @param {string} name @param {State} state @param {Actions} actions */
function row(name, state, actions) {
  const isKept = keptNames(state).includes(name);
  const why = everRemoved(state).find((one) => one.name === name)?.why ?? '';
  const props = isKept
    ? { 'aria-label': `${text('undo')}: ${isolated(name)}`, onClick: () => actions.unkeep(name) }
    : { 'aria-label': text('keepNamed', name), onClick: () => actions.keep(name) };
  return h(
    'li',
    { key: name },
    h('code', {}, name),
    h('span', { class: 'soft why' }, isKept ? text('keptOn', isolated(state.site)) : translated('why', why)),
    !state.locked.includes('keep') &&
      h('button', { class: 'plain', id: `keep-${name}`, ...props }, text(isKept ? 'undo' : 'keep')),
  );
}

/** @param {State} state */
function keptNames(state) {
  return state.settings.keep.filter((kept) => isWithin(state.site, kept.host)).map((kept) => kept.name);
}

/** @param {State} state */
function unwrappedFrom(state) {
  const hosts = state.record?.arrival?.unwrapped ?? [];
  return (
    hosts.length > 0 &&
    h('p', { class: 'soft' }, text('skippedRedirectors', new Intl.ListFormat(language()).format(hosts)))
  );
}

/** An address without what every address has. @param {string} url @returns {string} */
export function readable(url) {
  return url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/^([^/]+)\/$/, '$1');
}
