/**
 * The popup's first sentence: what happened here, in the person's words. The panel's colour, its picture and the words
 * say the same.
 *
 * @import { State, Status } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { familyOf } from '../shared/families.js';
import { language, plural, text } from '../shared/text.js';
import * as settings from '../stored/settings.js';
import { byCompany } from './companies.js';

/**
 * @param {State} state
 * @param {Status} status
 * @param {Actions} actions
 */
export function head(state, status, actions) {
  const [title, more] = sentences(state, status);
  return h(
    'header',
    { class: status },
    shield(status),
    h(
      'div',
      {},
      h('h1', {}, title),
      h('p', {}, more),
      status === 'paused' && h('button', { id: 'resume', class: 'main', onClick: actions.resume }, text('resume')),
      status === 'noAccess' &&
        h('button', { id: 'access', class: 'main', onClick: actions.giveAccess }, text('giveAccess')),
    ),
  );
}

/** @param {State} state @param {Status} status @returns {[string, string]} */
function sentences(state, status) {
  const count = state.record?.count ?? 0;
  switch (status) {
    case 'protecting':
      return [plural('stoppedOn', count, state.site), isGuest(state) ? text('asVisitor') : reachedNobody(state)];
    case 'lockout':
      return [count > 0 ? plural('stoppedOn', count, state.site) : text('lockedOut'), text('lockoutMore')];
    case 'quiet':
      return quietly(state);
    case 'paused':
      return [text('pausedOn', state.site), pausedUntil(state)];
    case 'noAccess':
      return [text('noAccess'), text('noAccessMore')];
    case 'noSite':
      return [text('noSite'), text('noSiteMore')];
  }
}

/**
 * Where nothing was stopped: on TikTok's own pages who the person is there says more.
 *
 * @param {State} state
 * @returns {[string, string]}
 */
function quietly(state) {
  const { site, level, account } = state;
  if (isGuest(state)) return [text('visitorOn', site), text('visitorOnMore')];
  const isLeftAlone = level === 'pixels' && account?.state === 'member';
  if (familyOf(site) && isLeftAlone) return [text('memberOn', site), text('memberOnMore')];
  return [text('nothingToStop', site), text('nothingSeen')];
}

/** Whether this is a page of TikTok's, and nobody is signed in there. @param {State} state */
function isGuest({ site, level, account }) {
  return familyOf(site) !== undefined && level === 'visitor' && account?.state === 'visitor';
}

/** @param {State} state */
function reachedNobody(state) {
  const companies = byCompany(state.record?.stopped ?? []).map((company) => company.name);
  const names = new Intl.ListFormat(language()).format(companies.slice(0, 3));
  return plural('notReached', state.record?.count ?? 0, names);
}

/** @param {State} state */
function pausedUntil(state) {
  const until = settings.pauseOf(state.settings, state.site, state.nowMs)?.until ?? 0;
  if (until === 0) return text('pausedUntilResumed');
  const isToday = new Date(until).toDateString() === new Date(state.nowMs).toDateString();
  /** @type {Intl.DateTimeFormatOptions} */
  const format = isToday ? { timeStyle: 'short' } : { weekday: 'long', hour: 'numeric', minute: '2-digit' };
  return text('pausedUntil', new Intl.DateTimeFormat(language(), format).format(until));
}

/** @param {Status} status */
function shield(status) {
  const outline = h('path', { d: 'M18 3 6 8v9c0 7.5 5 13 12 16 7-3 12-8.5 12-16V8z' });
  const marks = {
    protecting: 'm12.5 18 4 4 7.5-8',
    quiet: 'm12.5 18 4 4 7.5-8',
    paused: 'M15 13.5v9m6-9v9',
    noAccess: 'M18 12v7.5m0 4v.1',
    noSite: 'M13 18h10',
    lockout: 'M13.5 17.5h9v6h-9zm2-.5v-2a2.5 2.5 0 0 1 5 0v2',
  };
  return h('svg', { viewBox: '0 0 36 36', 'aria-hidden': 'true' }, outline, h('path', { d: marks[status] }));
}
