/** The settings page: reads, shows, and writes what is chosen. */

import { render } from 'preact';
import { nameLanguage, text } from '../shared/text.js';
import { showFaults } from '../stored/fault-line.js';
import { policy } from '../stored/policy.js';
import * as settings from '../stored/settings.js';
import { about } from './about.js';
import { exceptions } from './exceptions.js';
import { page } from './frame.js';
import { links } from './links.js';
import { lists } from './lists.js';
import { protection } from './protection.js';
import { videos } from './videos.js';

/** @import { Settings } from '../types.js' */
/** @import { Actions, Known, Notice, Section } from './frame.js' */

/** In the order in which they are shown. @type {readonly Section[]} */
const SECTIONS = [protection, links, videos, exceptions, lists, about];

const root = /** @type {HTMLElement} */ (document.getElementById('settings'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));

/** @type {Settings | undefined} */
let chosen;

/** What an organisation has set. @type {Pick<Known, 'locked' | 'policyProblems'>} */
let set = { locked: [], policyProblems: [] };

/** @type {Notice | undefined} */
let notice;

function draw() {
  if (chosen) render(page(SECTIONS, { ...actions, settings: chosen, ...set, notice }), root);
}

/** @type {Actions} */
const actions = { change, say, tell };

/** What can be taken back is what was done last. @param {(settings: Settings) => Settings} next */
function change(next) {
  if (notice?.undo) say(notice.section, '');
  return settings.update(next);
}

/** @type {Actions['say']} */
function say(section, words, isWrong = false, undo = undefined) {
  notice = { section, words, isWrong, undo };
  tell(words);
  draw();
}

/** @param {string} words */
function tell(words) {
  said.textContent = words;
}

nameLanguage();
showFaults();
document.title = text('settingsTitle');
for (const { follow } of SECTIONS) follow?.(draw, actions);
settings.follow(async (now) => {
  const { names, problems } = await policy();
  set = { locked: names, policyProblems: problems };
  const isFirst = chosen === undefined;
  chosen = now;
  draw();
  // There was nothing to go to when the page was loaded.
  if (isFirst) document.getElementById(location.hash.slice(1))?.scrollIntoView();
});
