/**
 * The popup's face: state in, elements out. Nothing here reads or writes anything else.
 *
 * @import { Settings, Stopped } from '../types.js'
 * @import { State, Status } from './state.js'
 * @import { Company } from './companies.js'
 */

import { h, svg } from '../shared/dom.js';
import * as settings from '../shared/settings.js';
import { language, plural, text, translated } from '../shared/text.js';
import { byCompany } from './companies.js';
import { linkSection } from './link.js';
import { statusOf } from './state.js';
import { totalsSection } from './totals.js';
import { visitorSections } from './visitor.js';

/**
 * What the popup's buttons do.
 *
 * @typedef {object} Actions
 * @property {(durationMs: number) => void} pause 0: until turned on
 * @property {() => void} resume
 * @property {() => void} giveAccess
 * @property {() => void} copyClean
 * @property {() => void} copyOriginal
 * @property {(name: string) => void} keep
 * @property {(name: string) => void} unkeep
 * @property {() => void} leaveLinks
 * @property {() => void} cleanLinks
 * @property {(level: Settings['level']) => void} setLevel
 * @property {() => void} askBeforeEmbeds
 * @property {() => void} openCleaner
 * @property {() => void} openSettings
 */

const HOUR_MS = 3_600_000;

/**
 * @param {State} state
 * @param {Actions} actions
 * @returns {HTMLElement[]}
 */
export function render(state, actions) {
  const status = statusOf(state);
  const parts = [
    head(state, status, actions),
    status === 'protecting' && stoppedSection(state),
    state.site !== '' && linkSection(state, actions),
    ...visitorSections(state, actions),
    totalsSection(state.totals, state.nowMs),
    footer(status, actions),
  ];
  return parts.filter((part) => part !== false && part !== undefined);
}

/** @param {State} state @param {Status} status @param {Actions} actions */
function head(state, status, actions) {
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
      status === 'paused' && h('button', { id: 'resume', class: 'main', onclick: actions.resume }, text('resume')),
      status === 'noAccess' &&
        h('button', { id: 'access', class: 'main', onclick: actions.giveAccess }, text('giveAccess')),
    ),
  );
}

/** @param {State} state @param {Status} status @returns {[string, string]} */
function sentences(state, status) {
  switch (status) {
    case 'protecting':
      return [plural('stoppedOn', state.record?.count ?? 0, state.site), reachedNobody(state)];
    case 'quiet':
      return [text('nothingToStop', state.site), text('nothingSeen')];
    case 'paused':
      return [text('pausedOn', state.site), pausedUntil(state)];
    case 'noAccess':
      return [text('noAccess'), text('noAccessMore')];
    case 'noSite':
      return [text('noSite'), text('noSiteMore')];
  }
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
  const outline = svg('path', { d: 'M18 3 6 8v9c0 7.5 5 13 12 16 7-3 12-8.5 12-16V8z' });
  const marks = {
    protecting: 'm12.5 18 4 4 7.5-8',
    quiet: 'm12.5 18 4 4 7.5-8',
    paused: 'M15 13.5v9m6-9v9',
    noAccess: 'M18 12v7.5m0 4v.1',
    noSite: 'M13 18h10',
  };
  return svg('svg', { viewBox: '0 0 36 36', 'aria-hidden': 'true' }, outline, svg('path', { d: marks[status] }));
}

/** @param {State} state */
function stoppedSection(state) {
  const stopped = state.record?.stopped ?? [];
  return h(
    'section',
    { class: 'stopped' },
    h('h2', {}, text('stoppedHere')),
    byCompany(stopped).map((company, index, all) => companyPart(company, all.length === 1 && index === 0)),
    isCut(state) && h('p', { class: 'soft' }, text('onlyFirstKinds', stopped.length)),
  );
}

/** @param {State} state */
function isCut(state) {
  const listed = (state.record?.stopped ?? []).reduce((total, one) => total + one.count, 0);
  return listed < (state.record?.count ?? 0);
}

/** @param {Company} company @param {boolean} isOnly */
function companyPart(company, isOnly) {
  const purposes = company.purposes.map((purpose) => translated('purpose', purpose)).join(', ');
  return h(
    'details',
    { class: 'company', 'data-key': company.name, open: isOnly },
    h('summary', {}, h('b', {}, company.name), h('span', { class: 'soft' }, purposes), numberOf(company.count)),
    company.hosts.map(({ host, requests }) =>
      h('div', { class: 'host' }, h('h3', {}, host), h('ul', {}, ...requests.map(requestPart))),
    ),
  );
}

/** @param {number} count */
function numberOf(count) {
  return h('span', { class: 'number' }, count.toLocaleString(language()));
}

/** @param {Stopped} one */
function requestPart(one) {
  const path = one.url.slice(one.url.indexOf(one.host) + one.host.length) || '/';
  const times = one.count > 1 ? ` ×${one.count.toLocaleString(language())}` : '';
  const action = text(one.action === 'stand-in' ? 'answeredByStandIn' : 'blocked');
  return h(
    'li',
    {},
    h(
      'details',
      { class: 'request', 'data-key': `${one.action} ${one.type} ${one.filter} ${one.url}` },
      h('summary', {}, h('span', { class: 'path' }, path), h('span', { class: 'soft' }, action + times)),
      reasons(one),
    ),
  );
}

/** Why it was stopped, down to the line. @param {Stopped} one */
function reasons(one) {
  return h(
    'dl',
    {},
    one.action === 'stand-in' && [h('dt', {}, text('standIn')), h('dd', {}, text('standInMeans'))],
    h('dt', {}, text('purpose')),
    h('dd', {}, one.purpose ? translated('purpose', one.purpose) : text('purposeUnknown')),
    h('dt', {}, text('kind')),
    h('dd', {}, translated('type', one.type)),
    h('dt', {}, text('stoppedBy')),
    h('dd', {}, text('lineOfList', one.line, one.list), h('code', {}, one.filter)),
  );
}

/** @param {Status} status @param {Actions} actions */
function footer(status, actions) {
  const canPause = status === 'protecting' || status === 'quiet';
  return h(
    'footer',
    {},
    canPause && pauseMenu(actions),
    h('button', { id: 'cleaner', onclick: actions.openCleaner }, text('cleanText')),
    h('button', { id: 'settings', onclick: actions.openSettings }, text('settings')),
  );
}

/** @param {Actions} actions */
function pauseMenu(actions) {
  const choice = (/** @type {string} */ key, /** @type {number} */ durationMs) =>
    h('button', { id: key, onclick: () => actions.pause(durationMs) }, text(key));
  return h(
    'details',
    { class: 'menu', 'data-key': 'pause' },
    h('summary', { class: 'button', id: 'pause' }, text('pauseHere')),
    h('div', {}, choice('pauseHour', HOUR_MS), choice('pauseDay', 24 * HOUR_MS), choice('pauseOpen', 0)),
  );
}
