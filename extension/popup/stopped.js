/**
 * What was stopped: who, through which host, what, and on request by which line of which list.
 *
 * @import { Stopped } from '../types.js'
 * @import { Company, Host } from './companies.js'
 * @import { State } from './state.js'
 */

import { h } from 'preact';
import { Fold } from '../shared/fold.js';
import { language, text, translated } from '../shared/text.js';
import { byCompany } from './companies.js';

/** @param {State} state */
export function stoppedSection(state) {
  const stopped = state.record?.stopped ?? [];
  return h(
    'section',
    { class: 'stopped' },
    h('h2', {}, text('stoppedHere')),
    byCompany(stopped).map((company, _, all) => companyPart(company, all.length === 1)),
    isCut(state) && h('p', { class: 'soft' }, text('onlyFirstKinds', stopped.length.toLocaleString(language()))),
  );
}

/** @param {State} state */
function isCut(state) {
  const listed = (state.record?.stopped ?? []).reduce((total, one) => total + one.count, 0);
  return listed < (state.record?.count ?? 0);
}

/** @param {Company} company @param {boolean} isOnly */
function companyPart({ name, purposes, count, hosts }, isOnly) {
  const words = purposes.map((purpose) => translated('purpose', purpose)).join(', ');
  return h(
    Fold,
    { key: name, class: 'company', isOpen: isOnly },
    h('summary', {}, h('b', {}, name), h('span', { class: 'soft' }, words), numberOf(count)),
    hosts.map((host) => hostPart(host, hosts.length === 1)),
  );
}

/** @param {Host} host @param {boolean} isOnly */
function hostPart({ host, count, requests }, isOnly) {
  return h(
    Fold,
    { key: host, class: 'host', isOpen: isOnly },
    h('summary', {}, h('b', { dir: 'ltr' }, host), numberOf(count)),
    h('ul', {}, requests.map(requestPart)),
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
    { key: `${one.action} ${one.type} ${one.filter} ${one.url}` },
    h(
      Fold,
      { class: 'request' },
      h('summary', {}, h('span', { class: 'path', dir: 'ltr' }, path), h('span', { class: 'soft' }, action + times)),
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
    one.filter
      ? h('dd', {}, text('lineOfList', one.line, one.list), h('code', { dir: 'ltr' }, one.filter))
      : h('dd', {}, text('stoppedByBody')),
  );
}
