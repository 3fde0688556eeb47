/**
 * The popup's face: state in, elements out. Nothing here reads or writes anything else.
 *
 * @import { ComponentChild } from 'preact'
 * @import { Settings } from '../types.js'
 * @import { State } from './state.js'
 */

import { footer } from './footer.js';
import { head } from './head.js';
import { learnedSection } from './learned.js';
import { linkSection } from './link.js';
import { statusOf } from './state.js';
import { stoppedSection } from './stopped.js';
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
 * @property {(site: string) => void} alwaysPlayEmbeds
 * @property {(site: string) => void} askBeforeEmbeds
 * @property {() => void} openCleaner
 * @property {() => void} openLog
 * @property {() => void} openNews
 * @property {() => void} openSettings
 * @property {() => void} copyReport
 */

/**
 * @param {State} state
 * @param {Actions} actions
 * @returns {ComponentChild[]} each part in its own place, whether the others are there or not
 */
export function view(state, actions) {
  const status = statusOf(state);
  const isStopping = status === 'protecting' || status === 'lockout';
  return [
    head(state, status, actions),
    isStopping && (state.record?.count ?? 0) > 0 && stoppedSection(state),
    isStopping && learnedSection(state),
    state.site !== '' && linkSection(state, actions),
    visitorSections(state, actions),
    totalsSection(state.totals, state.nowMs),
    footer(state, status, actions),
  ];
}
