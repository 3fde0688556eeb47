/**
 * The popup's first sentence: what happened here, in the person's words, and what can be done about it at once. What
 * was let through is said before what was stopped. The panel's colour, its picture and the words say the same.
 *
 * @import { VNode } from 'preact'
 * @import { State, Status } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { isLineOf } from '../shared/exceptions.js';
import { familyOf } from '../shared/families.js';
import { isWithin } from '../shared/site.js';
import { isolated, language, plural, text } from '../shared/text.js';
import * as settings from '../stored/settings.js';
import { byCompany } from './companies.js';
import { removedFrom } from './link.js';
import { passedFor } from './state.js';

const HOUR_MS = 3_600_000;

/**
 * @typedef {object} Saying
 * @property {string} title
 * @property {string} more
 * @property {VNode[]} [ways] out of it
 */

/**
 * @param {State} state
 * @param {Status} status
 * @param {Actions} actions
 */
export function head(state, status, actions) {
  const { title, more, ways = [] } = SAYINGS[status](state, actions);
  const offersReload = state.isReloadDue || RELOADING.includes(status);
  const hasReload = ways.some(({ key }) => key === 'reload');
  const buttons =
    offersReload && !hasReload && status !== 'noSite' ? [...ways, reloadButton(actions, ways.length === 0)] : ways;
  return h(
    'header',
    { class: `${status} ${LOOKS[status]}` },
    box(LOOKS[status]),
    h(
      'div',
      {},
      h('h1', {}, title),
      h('p', {}, more),
      buttons.length > 0 && h('p', { class: 'ways' }, buttons),
      status === 'paused' && durations(state, actions),
    ),
  );
}

/** What can be seen only once the page is loaded anew. @type {Status[]} */
const RELOADING = ['paused', 'letThrough', 'lockedFromNow', 'partial'];

/** @type {Record<Status, (state: State, actions: Actions) => Saying>} */
const SAYINGS = {
  noAccess: (_, actions) => ({
    title: text('noAccess'),
    more: text('noAccessMore'),
    ways: [wayButton('access', 'giveAccess', actions.giveAccess, true)],
  }),
  noSite: () => ({ title: text('noSite'), more: text('noSiteMore') }),
  paused: (state) => ({ title: text('offOn', isolated(state.site)), more: pausedUntil(state) }),
  lifted: (state, actions) => ({
    title: text('openUntil', timeOf(state.liftedUntil, state.nowMs)),
    more: text('openUntilMore'),
    ways: [wayButton('lock-now', 'lockNow', actions.lockNow, true)],
  }),
  allowed: allowedThrough,
  letThrough: (state) => ({
    title: plural('letThroughPaused', passedFor(state, 'paused')),
    more: alsoStopped(state),
  }),
  lockedFromNow: (state, actions) => ({
    title: text('lockedFromNow'),
    more: text('lockedFromNowMore'),
    ways: endLockout(state, actions),
  }),
  lockout: (state, actions) => ({
    title: familyOf(state.site) || !hasStopped(state) ? text('lockedOut') : stoppedWords(state),
    more: text('lockoutMore'),
    ways: endLockout(state, actions),
  }),
  played: (state) => ({
    title: state.played > 0 ? plural('videosPlayed', state.played) : text('videosLoad'),
    more: alsoStopped(state),
  }),
  partial: (state) => ({
    title: text('partial'),
    more: hasStopped(state) ? stoppedWords(state) : text('partialMore'),
  }),
  protecting: (state) => ({
    title: stoppedWords(state),
    more: isGuest(state) ? text('asVisitor') : reachedNobody(state),
  }),
  waiting: (state) => ({ title: plural('videosWait', state.waiting), more: text('videosWaitMore') }),
  cleaned: (state) => ({ title: plural('linkCleaned', removedFrom(state).length), more: text('nothingHere') }),
  quiet: quietly,
};

/** @type {Record<Status, Look>} */
const LOOKS = {
  noAccess: 'warn',
  noSite: 'rest',
  paused: 'off',
  lifted: 'warn',
  allowed: 'warn',
  letThrough: 'warn',
  lockedFromNow: 'lock',
  lockout: 'lock',
  played: 'warn',
  partial: 'warn',
  protecting: 'go',
  waiting: 'go',
  cleaned: 'go',
  quiet: 'rest',
};

/** @typedef {'go' | 'rest' | 'off' | 'warn' | 'lock'} Look */

/** @param {State} state @param {Actions} actions @returns {Saying} */
function allowedThrough(state, actions) {
  const allowed = (state.record?.passed ?? []).filter(({ why }) => why === 'allowed');
  const count = passedFor(state, 'allowed');
  const names = [...new Set(allowed.map(({ host }) => isolated(host)))].slice(0, 2);
  const hosts = new Intl.ListFormat(language()).format(names);
  const lines = allowed.map(({ filter }) => filter).filter((line) => state.ownLines.includes(line));
  const more = alsoStopped(state);
  if (lines.length === 0)
    return { title: plural('letThroughUntilNow', count, hosts), more, ways: [reloadButton(actions, true)] };
  if (state.locked.includes('ownLines') || !lines.every((line) => isLineOf(line, state.site))) {
    const ways = [wayButton('own-lines', 'ownLinesName', actions.openOwnLines, false)];
    return { title: plural('letThroughOwn', count, hosts), more, ways };
  }
  const ways = [wayButton('stop-again', 'stopAgain', () => actions.disallow(lines), true)];
  return { title: plural('letThroughHere', count, hosts), more, ways };
}

/** What was stopped besides. @param {State} state */
function alsoStopped(state) {
  return hasStopped(state) ? stoppedWords(state) : text('nothingElse');
}

/** @param {State} state */
const hasStopped = ({ record }) => (record?.count ?? 0) > 0;

/** @param {State} state */
function stoppedWords({ record }) {
  return plural('trackersStopped', record?.count ?? 0);
}

/**
 * Where nothing was stopped: on TikTok's own pages who the person is there says more.
 *
 * @param {State} state
 * @returns {Saying}
 */
function quietly(state) {
  const { site, level, account } = state;
  if (isGuest(state)) return { title: text('notSignedIn'), more: text('visitorOnMore') };
  const isMember = level === 'pixels' && account?.state === 'member';
  if (familyOf(site) && isMember) return { title: text('memberOn', isolated(site)), more: text('memberOnMore') };
  return { title: text('nothingSoFar'), more: text('nothingSeen') };
}

/** Whether this is a page of TikTok's, and nobody is signed in there. @param {State} state */
function isGuest({ site, level, account }) {
  return familyOf(site) !== undefined && level === 'visitor' && account?.state === 'visitor';
}

/** @param {State} state */
function reachedNobody(state) {
  const companies = byCompany(state.record?.stopped ?? []).map((company) => company.name);
  const names = new Intl.ListFormat(language(), { type: 'disjunction' }).format(companies.slice(0, 3));
  return plural('notReached', state.record?.count ?? 0, names);
}

/** @param {State} state */
function pausedUntil(state) {
  const through = passedFor(state, 'paused');
  if (through > 0) return plural('letThroughPaused', through);
  const until = pauseOf(state)?.until ?? 0;
  return until === 0 ? text('pausedUntilResumed') : text('pausedUntil', timeOf(until, state.nowMs));
}

/** @param {State} state */
const pauseOf = (state) => settings.pauseOf(state.settings, state.site, state.nowMs);

/** @param {number} ms @param {number} nowMs @returns {string} a time of today, or one with its day */
export function timeOf(ms, nowMs) {
  const isToday = new Date(ms).toDateString() === new Date(nowMs).toDateString();
  /** @type {Intl.DateTimeFormatOptions} */
  const format = isToday ? { timeStyle: 'short' } : { weekday: 'long', hour: 'numeric', minute: '2-digit' };
  return new Intl.DateTimeFormat(language(), format).format(ms);
}

/** How long the pause is to last: one stop for the Tab key. @param {State} state @param {Actions} actions */
function durations(state, actions) {
  const pause = pauseOf(state);
  if (!pause || !isWithin(state.site, pause.host) || state.locked.includes('paused')) return undefined;
  const left = pause.until === 0 ? 0 : pause.until - state.nowMs;
  const chosen = left === 0 ? 'pauseOpen' : left > HOUR_MS ? 'pauseDay' : 'pauseHour';
  const choice = (/** @type {string} */ key, /** @type {number} */ durationMs) =>
    h(
      'label',
      { key },
      h('input', {
        type: 'radio',
        name: 'duration',
        id: key,
        checked: chosen === key,
        onChange: () => actions.pause(durationMs),
      }),
      h('span', {}, text(key)),
    );
  return h(
    'fieldset',
    { class: 'segments' },
    h('legend', { class: 'hidden-text' }, text('pauseFor')),
    choice('pauseHour', HOUR_MS),
    choice('pauseDay', 24 * HOUR_MS),
    choice('pauseOpen', 0),
  );
}

/** @param {Actions} actions @param {boolean} isMain */
function reloadButton(actions, isMain) {
  return wayButton('reload', 'reloadPage', actions.reload, isMain);
}

/** @param {State} state @param {Actions} actions */
function endLockout({ locked }, actions) {
  return locked.includes('level')
    ? []
    : [wayButton('end-lockout', 'endLockout', () => actions.setLevel('auto'), false)];
}

/** @param {string} id @param {string} key @param {() => void} onClick @param {boolean} isMain */
function wayButton(id, key, onClick, isMain) {
  return h('button', { key: id, id, class: isMain ? 'main' : '', onClick }, text(key));
}

/**
 * The toolbar's figure: a box; where Detick is on, its tick has been lifted out over the corner.
 *
 * @param {Look} look
 */
function box(look) {
  const isOn = look === 'go' || look === 'rest';
  const outline = isOn ? 'M17 9H6v21h21V21' : 'M6 6h24v24H6z';
  const marks = {
    go: 'm18 12.5 5.5 5.5L33 6',
    rest: 'm18 12.5 5.5 5.5L33 6',
    off: 'M13 18h10',
    warn: 'M18 12v7.5m0 4v.1',
    lock: 'M13.5 17.5h9v6h-9zm2-.5v-2a2.5 2.5 0 0 1 5 0v2',
  };
  return h(
    'svg',
    { viewBox: '0 0 36 36', 'aria-hidden': 'true' },
    h('path', { d: outline }),
    h('path', { d: marks[look] }),
  );
}
