/**
 * What was stopped: who, through which host, what, and on request by which line of which list.
 *
 * @import { Stopped } from '../types.js'
 * @import { Company, Host } from './companies.js'
 * @import { State } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { lineFor } from '../shared/exceptions.js';
import { Fold } from '../shared/fold.js';
import { reportChoice } from '../shared/report-choice.js';
import { isolated, language, text, translated } from '../shared/text.js';
import { byCompany, purposeOf } from './companies.js';
import { foldedList } from './parts.js';
import { totalsSection } from './totals.js';

/** @param {State} state @param {Actions} actions */
export function stoppedView(state, actions) {
  const stopped = state.record?.stopped ?? [];
  return [
    allowedPart(state, actions),
    h(
      'section',
      { key: 'stopped', class: 'stopped' },
      stopped.length === 0 && h('p', { class: 'soft' }, text('nothingElse')),
      byCompany(stopped).map((company) => companyPart(company, state, actions)),
      isCut(state) && h('p', { class: 'soft' }, text('onlyFirstKinds', stopped.length.toLocaleString(language()))),
    ),
    // A file outlives a private window.
    state.record && !state.isPrivate && h('section', { key: 'report' }, reportChoice(actions.saveReport)),
    totalsSection(state.totals, state.nowMs),
  ];
}

/** What the person allowed on this site, each with the way back. @param {State} state @param {Actions} actions */
function allowedPart({ allowed, locked }, actions) {
  if (allowed.length === 0) return undefined;
  const rows = allowed.map(({ line, what }) =>
    h(
      'li',
      { key: line },
      h('bdi', { dir: 'ltr' }, what),
      !locked.includes('ownLines') &&
        h(
          'button',
          {
            id: `disallow ${what}`,
            class: 'plain',
            'aria-label': `${text('undo')}: ${isolated(what)}`,
            onClick: () => actions.disallow([line]),
          },
          text('undo'),
        ),
    ),
  );
  return h('section', { key: 'allowed', class: 'allowed' }, h('h2', {}, text('allowedHere')), h('ul', {}, rows));
}

/** @param {State} state */
function isCut(state) {
  const listed = (state.record?.stopped ?? []).reduce((total, one) => total + one.count, 0);
  return listed < (state.record?.count ?? 0);
}

/** @param {Company} company @param {State} state @param {Actions} actions */
function companyPart({ name, purposes, count, hosts }, state, actions) {
  const words = new Intl.ListFormat(language()).format(purposes.map((purpose) => translated('purpose', purpose)));
  return h(
    Fold,
    { key: name, class: 'company', isOpen: true },
    h('summary', {}, h('b', {}, name), h('span', { class: 'soft' }, words), numberOf(count)),
    hosts.map((host) => hostPart(host, hosts.length === 1, state, actions)),
  );
}

/** @param {Host} host @param {boolean} isOnly @param {State} state @param {Actions} actions */
function hostPart({ host, count, requests }, isOnly, state, actions) {
  const rows = requests.map((one) => requestPart(one, state, actions));
  return h(
    'div',
    { key: host, class: 'host' },
    h(
      'p',
      { class: 'host-line' },
      h('bdi', { class: 'host-name', dir: 'ltr' }, host),
      numberOf(count),
      allowButton(host, '', requests, state, actions),
    ),
    foldedList(rows, { name: 'requests', shown: isOnly ? 5 : 2 }),
  );
}

/**
 * Navigations are not allowed here: an exception for the page would not be one for itself.
 *
 * @param {string} host
 * @param {string} path empty for the whole host
 * @param {Stopped[]} requests that it is about
 * @param {State} state
 * @param {Actions} actions
 */
function allowButton(host, path, requests, { site, allowed, locked }, actions) {
  if (locked.includes('ownLines')) return undefined;
  const line = lineFor(site, host, path);
  if (allowed.some((one) => one.line === line) || requests.every(({ type }) => type === 'main_frame')) return undefined;
  const props = {
    id: `allow ${host}${path}`,
    class: path === '' ? '' : 'plain',
    'aria-label': `${text('allowHere')}: ${isolated(`${host}${path}`)}`,
    onClick: () => actions.allow(line),
  };
  return h('button', props, text('allowHere'));
}

/** @param {number} count */
function numberOf(count) {
  return h('span', { class: 'number' }, count.toLocaleString(language()));
}

/** @param {Stopped} one @param {State} state @param {Actions} actions */
function requestPart(one, state, actions) {
  const path = one.url.slice(one.url.indexOf(one.host) + one.host.length) || '/';
  const times = one.count > 1 ? ` ×${one.count.toLocaleString(language())}` : '';
  const action = text(one.action === 'stand-in' ? 'answeredByStandIn' : 'blocked');
  return h(
    'li',
    { key: `${one.action} ${one.type} ${one.filter || `${one.line} ${one.list}`} ${one.url}` },
    h(
      Fold,
      { class: 'request' },
      h('summary', {}, h('span', { class: 'path', dir: 'ltr' }, path), h('span', { class: 'soft' }, action + times)),
      reasons(one),
      path.length > 1 && allowButton(one.host, path, [one], state, actions),
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
    h('dd', {}, one.purpose ? translated('purpose', purposeOf(one)) : text('purposeUnknown')),
    h('dt', {}, text('kind')),
    h('dd', {}, translated('type', one.type)),
    h('dt', {}, text('stoppedBy')),
    one.list
      ? h('dd', {}, text('lineOfList', one.line, one.list), one.filter && h('code', { dir: 'ltr' }, one.filter))
      : h('dd', {}, text('stoppedByBody')),
  );
}
