/**
 * What Detick heeds besides its own lists: the person's own lines, and lists of others: the catalogue, and whatever a
 * person adds by its address. Which are on is part of the settings; how they fare is what the background writes.
 *
 * @import { ListReport, ListSet, ListState } from '../types.js'
 * @import { Section, View } from './frame.js'
 */

import { h } from 'preact';
import { catalogue, offered } from '../shared/catalogue.js';
import { isListUrl, listUrl, MOST_LISTS, withList } from '../shared/subscriptions.js';
import { isolated, plural, text } from '../shared/text.js';
import * as keys from '../stored/keys.js';
import * as store from '../stored/list-files.js';
import * as states from '../stored/list-states.js';
import { part } from './frame.js';
import { listPart } from './list-part.js';
import { followOwnLines, OWN, ownLinesPart } from './own-lines.js';
import { addForm, managedNote } from './parts.js';

/** The part's anchor. */
const ID = 'sectionLists';

/**
 * How the lists fare.
 *
 * @type {{ states: Record<string, ListState>, set: ListSet, reports: Record<string, ListReport[]> }}
 */
let now = { states: {}, set: {}, reports: {} };

/** @type {Section} */
export const lists = {
  id: 'sectionRules',
  title: 'sectionRules',
  follow: (redraw) => {
    followOwnLines(redraw);
    const read = () => readState().then(redraw);
    keys.onChange('listStates', read);
    keys.onChange('listSet', read);
    read();
  },
  content: (view) => [part(ID, view, listsOfOthers(view)), part(OWN, view, ownLinesPart(view))],
};

/** @param {View} view */
function listsOfOthers(view) {
  const added = view.settings.lists.filter(({ url }) => !offered(url));
  const urls = [...catalogue().map(({ url }) => url), ...added.map(({ url }) => url)];
  return [
    h('p', { class: 'soft' }, text('listsMore')),
    h(
      'ul',
      { class: 'lists' },
      urls.map((url) => listPart(view, url, stateOf(url))),
    ),
    view.locked.includes('lists')
      ? managedNote(true)
      : addForm('list-address', 'listAddress', 'https://example.com/list.txt', (typed) => add(view, typed)),
    sum(),
  ];
}

async function readState() {
  const [all, set] = await Promise.all([states.all(), states.set()]);
  const isOther = set.key !== now.set.key || set.ms !== now.set.ms;
  now = { states: all, set, reports: isOther ? await readReports() : now.reports };
}

/** Without them the numbers are shown all the same. */
async function readReports() {
  try {
    return await store.reports();
  } catch (error) {
    console.warn('Detick: the lists cannot be read from the disk.', error);
    return {};
  }
}

/** @param {string} url @returns {import('./list-part.js').Fare} */
function stateOf(url) {
  return { state: now.states[url], counts: now.set.counts?.[url], reports: now.reports[url] ?? [] };
}

/** What all lists come to. */
function sum() {
  const { rules = 0, problem, counts = {} } = now.set;
  const left = Object.values(counts).reduce((total, one) => total + one.left, 0);
  return [
    rules > 0 && h('p', { class: 'soft', id: 'lists-sum' }, plural('listsRules', rules)),
    left > 0 && h('p', { class: 'soft' }, plural('listsLeft', left)),
    problem !== undefined &&
      h('p', { class: 'notice wrong' }, text('listsProblem', text(problem.key, ...problem.values))),
  ];
}

/** @param {View} view @param {string} typed @returns {boolean} */
function add(view, typed) {
  const url = listUrl(typed);
  if (!url || !isListUrl(url)) {
    view.say(ID, text('listAddressWrong', isolated(typed)), true);
    return false;
  }
  if (view.settings.lists.length >= MOST_LISTS) {
    view.say(ID, text('listsTooMany', MOST_LISTS), true);
    return false;
  }
  view.change((settings) => withList(settings, url, { on: true }));
  view.say(ID, text('listAdded', isolated(url)));
  return true;
}
