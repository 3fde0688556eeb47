/**
 * The popup's face: state in, elements out. Nothing here reads or writes anything else.
 *
 * Above the site with its switch, below the ways to other pages; between them, the one part that scrolls, either the
 * first view or one that a row of it opened.
 *
 * @import { ComponentChild } from 'preact'
 * @import { Settings } from '../types.js'
 * @import { Shape, State, Status, ViewName } from './state.js'
 */

import { h } from 'preact';
import { text } from '../shared/text.js';
import { videosView } from './embeds.js';
import { footer } from './footer.js';
import { head } from './head.js';
import { factsShown, learnedSection, learnedView } from './learned.js';
import { linkView, removedFrom } from './link.js';
import { rowList, rowsOf } from './rows.js';
import { statusOf } from './state.js';
import { stoppedView } from './stopped.js';
import { top } from './top.js';
import { troubleView } from './trouble.js';
import { clearedView, protectionView } from './visitor.js';

/**
 * What the popup's buttons do.
 *
 * @typedef {object} Actions
 * @property {(durationMs: number) => void} pause 0: until turned on
 * @property {() => void} resume
 * @property {() => void} pauseAndReload
 * @property {() => void} reload the page
 * @property {(line: string) => void} allow by a line of the person's own
 * @property {(lines: string[]) => void} disallow
 * @property {() => void} lockNow
 * @property {() => void} giveAccess
 * @property {() => void} copyClean
 * @property {() => void} shareClean hands the clean link to what the phone shares by
 * @property {() => void} copyOriginal
 * @property {() => void} openOriginal
 * @property {(name: string) => void} keep
 * @property {(name: string) => void} unkeep
 * @property {() => void} leaveLinks
 * @property {() => void} cleanLinks
 * @property {(level: Settings['level']) => void} setLevel
 * @property {() => void} playAll
 * @property {(site: string) => void} alwaysPlayEmbeds
 * @property {(site: string) => void} askBeforeEmbeds
 * @property {(view: ViewName) => void} show
 * @property {() => void} openCleaner
 * @property {() => void} openLog
 * @property {() => void} openNews
 * @property {() => void} openOwnLines
 * @property {() => void} openSettings
 * @property {(form: { isHtml: boolean, hasValues: boolean }) => void} saveReport of the page, as a file
 * @property {() => void} openReport
 */

/** @type {Record<Exclude<ViewName, 'home'>, { name: string, draw: (state: State, actions: Actions) => ComponentChild }>} */
const VIEWS = {
  learned: { name: 'wouldHaveLearned', draw: learnedView },
  stopped: { name: 'rowStopped', draw: stoppedView },
  link: { name: 'rowLink', draw: linkView },
  videos: { name: 'rowVideos', draw: videosView },
  protection: { name: 'level', draw: protectionView },
  cleared: { name: 'rowCleared', draw: clearedView },
  trouble: { name: 'rowTrouble', draw: troubleView },
};

/**
 * @param {State} state
 * @param {Actions} actions
 * @returns {ComponentChild[]} each part in its own place, whether the others are there or not
 */
export function view(state, actions) {
  const status = statusOf(state, removedFrom(state).length);
  const middle = state.view === 'home' ? home(state, status, actions) : opened(state, state.view, actions);
  return [top(state, status, actions), h('div', { key: state.view, class: 'middle' }, middle), footer(actions)];
}

/**
 * @param {State} state
 * @returns {Shape} what stands where in the first view
 */
export function shapeOf(state) {
  const status = statusOf(state, removedFrom(state).length);
  return { facts: factsShown(state), rows: rowsOf(state, status) };
}

/** @param {State} state @param {Status} status @param {Actions} actions */
function home(state, status, actions) {
  const { facts, rows } = state.shape ?? shapeOf(state);
  const tellsFacts = status !== 'noAccess' && status !== 'noSite' && status !== 'paused';
  return [
    head(state, status, actions),
    tellsFacts && facts > 0 && learnedSection(state, facts, actions),
    rowList(rows, state, actions),
  ];
}

/** @param {State} state @param {Exclude<ViewName, 'home'>} name @param {Actions} actions */
function opened(state, name, actions) {
  const { name: title, draw } = VIEWS[name];
  return [
    h(
      'div',
      { class: 'title' },
      h('button', { id: 'back', class: 'plain', 'aria-label': text('goBack'), onClick: () => actions.show('home') }),
      h('h1', {}, text(title)),
      state.isReloadDue && h('button', { id: 'reload', class: 'main', onClick: actions.reload }, text('reloadPage')),
    ),
    draw(state, actions),
  ];
}
