/**
 * One filter list on the settings page.
 *
 * @import { ListCounts, ListReport, ListState, Subscription } from '../types.js'
 * @import { View } from './frame.js'
 */

import { h } from 'preact';
import { offered } from '../shared/catalogue.js';
import { complaintWords } from '../shared/complaints.js';
import { Fold } from '../shared/fold.js';
import { ask } from '../shared/messages.js';
import { isOutdated } from '../shared/published.js';
import { withList, withoutList } from '../shared/subscriptions.js';
import { language, plural, text } from '../shared/text.js';

/**
 * A list's status.
 *
 * @typedef {object} Fare
 * @property {ListState | undefined} state
 * @property {ListCounts | undefined} counts what its lines became; `undefined` while it is not in force
 * @property {ListReport[]} reports what its lines became in detail, one report for each of its files
 */

/** Examples shown of each kind of line that is not in force. */
const MOST_EXAMPLES = 20;

/** @param {View} view @param {string} url @param {Fare} fare */
export function listPart(view, url, fare) {
  const known = offered(url);
  const list = view.settings.lists.find((one) => one.url === url);
  const isLocked = view.locked.includes('lists');
  const name = known?.name ?? fare.state?.title ?? url;
  const id = `list-${url}`;
  const box = h('input', {
    type: 'checkbox',
    id,
    checked: list?.on === true,
    disabled: isLocked,
    'aria-describedby': `about-${url}`,
    onChange: () => view.change((settings) => withList(settings, url, { on: !isOn(settings.lists, url) })),
  });
  return h(
    'li',
    { key: url, class: 'switch' },
    h('label', {}, box, name),
    h('div', { class: 'soft', id: `about-${url}` }, about(url, fare.state)),
    list?.on && h('div', { class: 'fare' }, fareParts(url, fare), details(view, list, fare, isLocked)),
    list && !isLocked && h('p', { class: 'row fare' }, controls(view, list, name, fare.state)),
  );
}

/** @param {Subscription[]} lists @param {string} url */
function isOn(lists, url) {
  return lists.some((list) => list.url === url && list.on);
}

/** @param {string} url @param {ListState | undefined} state */
function about(url, state) {
  const known = offered(url);
  const home = known?.home ?? (state?.homepage?.startsWith('https://') ? state.homepage : undefined);
  return [
    known && h('p', {}, text(known.about)),
    h(
      'p',
      {},
      home !== undefined && h('a', { href: home, target: '_blank', rel: 'noreferrer' }, new URL(home).hostname),
      known && [' · ', h('bdi', { dir: 'ltr' }, known.licence)],
      !known && [home !== undefined && ' · ', h('bdi', { class: 'address', dir: 'ltr' }, url)],
    ),
  ];
}

/** @param {string} url @param {Fare} fare */
function fareParts(url, { state, counts, reports }) {
  const { doing, received = 0, problem, fetched, version } = state ?? {};
  const isInForce = counts !== undefined && fetched !== undefined;
  const cosmetic = reports.reduce((sum, report) => sum + report.cosmetic, 0);
  return [
    h(
      'p',
      { role: 'status' },
      doing === 'fetching' && (received > 0 ? text('listFetchingSome', size(received)) : text('listFetching')),
      doing === 'compiling' && text('listCompiling'),
      !doing && isInForce && `${plural('listInForce', counts.converted)} ${text('listFetched', moment(fetched))}`,
    ),
    !doing &&
      !isInForce &&
      fetched !== undefined &&
      isOutdated(url, version) &&
      h('p', { class: 'soft' }, text('newerListsNone')),
    problem &&
      h(
        'p',
        { class: 'notice wrong' },
        text(problem.key, ...problem.values),
        isInForce && ` ${text('listOldStays', moment(fetched))}`,
        state?.next !== undefined && !doing && ` ${text('listNext', moment(state.next))}`,
      ),
    isInForce && cosmetic > 0 && h('p', { class: 'soft' }, text('listCosmetic', cosmetic.toLocaleString(language()))),
  ];
}

/** @param {View} view @param {Subscription} list @param {string} name @param {ListState | undefined} state */
function controls(view, { url, on }, name, state) {
  return [
    on &&
      h(
        'button',
        {
          id: `update-${url}`,
          'aria-label': text('listUpdateNamed', name),
          disabled: state?.doing !== undefined,
          onClick: () => updateNow(view, url),
        },
        text('listUpdate'),
      ),
    // One of the catalogue's is gone when it is off.
    !offered(url) &&
      h(
        'button',
        {
          id: `remove-${url}`,
          'aria-label': text('takeOutNamed', name),
          onClick: () => view.change((settings) => withoutList(settings, url)),
        },
        text('takeOut'),
      ),
  ];
}

/** @param {View} view @param {string} url */
async function updateNow(view, url) {
  try {
    await ask('updateList', { url });
  } catch (error) {
    view.say('sectionLists', error instanceof Error ? error.message : String(error), true);
  }
}

/**
 * What became of the lines, with examples of those that are not in force, and whether the list is trusted.
 *
 * @param {View} view
 * @param {Subscription} list
 * @param {Fare} fare
 * @param {boolean} isLocked an organisation has set the lists
 */
function details(view, list, { counts, reports }, isLocked) {
  return h(
    Fold,
    {},
    h('summary', {}, counts ? plural('listLines', counts.lines) : text('listDetails')),
    counts && outcomes(counts, reports),
    !isLocked && trustPart(view, list),
  );
}

/** @param {ListCounts} counts @param {ListReport[]} reports */
function outcomes(counts, reports) {
  const refusals = reports.flatMap((report) => report.refusals);
  const complaints = reports.flatMap((report) => report.complaints);
  const left = reports.flatMap((report) => report.leftExamples);
  return [
    counts.unread > 0 && h('p', {}, plural('listUnread', counts.unread)),
    counts.unprivileged > 0 && h('p', {}, plural('listUnprivileged', counts.unprivileged)),
    lineList(complaints.map((one) => ({ line: one.line, text: one.text, why: complaintWords(one) }))),
    counts.refused > 0 && h('p', {}, plural('listRefused', counts.refused)),
    lineList(refusals.flatMap((reason) => reason.examples.map((one) => ({ ...one, why: complaintWords(reason) })))),
    counts.left > 0 && h('p', {}, plural('listLeft', counts.left)),
    left.length > 0 &&
      h(
        'p',
        { class: 'soft' },
        new Intl.ListFormat(language(), { type: 'unit' }).format(left.slice(0, MOST_EXAMPLES).map(String)),
      ),
  ];
}

/** @param {View} view @param {Subscription} list */
function trustPart(view, { url, trusted }) {
  const toggle = () =>
    view.change((settings) =>
      withList(settings, url, { trusted: !settings.lists.find((one) => one.url === url)?.trusted }),
    );
  const box = h('input', {
    type: 'checkbox',
    id: `trust-${url}`,
    checked: trusted,
    'aria-describedby': `trust-more-${url}`,
    onChange: toggle,
  });
  return h(
    'div',
    { class: 'switch' },
    h('label', {}, box, text('listTrust')),
    h('p', { class: 'soft', id: `trust-more-${url}` }, text('listTrustMore')),
  );
}

/** @param {{ line: number, text: string, why?: string }[]} lines */
function lineList(lines) {
  if (lines.length === 0) return undefined;
  return h(
    'ul',
    { class: 'lines' },
    lines
      .slice(0, MOST_EXAMPLES)
      .map(({ line, text: written, why }) =>
        h(
          'li',
          { key: `${line} ${why ?? ''}` },
          h('span', { class: 'number' }, line),
          h('code', {}, written),
          why !== undefined && [' ', h('bdi', {}, why)],
        ),
      ),
  );
}

/** @param {number} ms since 1970 */
function moment(ms) {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

/** @param {number} bytes */
function size(bytes) {
  const unit = bytes < 1e6 ? 'kilobyte' : 'megabyte';
  const number = bytes < 1e6 ? Math.round(bytes / 1e3) : bytes / 1e6;
  return new Intl.NumberFormat(language(), { style: 'unit', unit, maximumFractionDigits: 1 }).format(number);
}
