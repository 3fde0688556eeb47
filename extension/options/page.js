/** The settings page: reads, shows, and writes what is chosen. */

import { render } from 'preact';
import { nameLanguage, text } from '../shared/text.js';
import { showFaults } from '../stored/fault-line.js';
import * as settings from '../stored/settings.js';
import { backup } from './backup.js';
import { page } from './frame.js';
import { kept, leftAlone, links } from './links.js';
import { lists } from './lists.js';
import { news } from './news.js';
import { own } from './own-lines.js';
import { paused } from './sites.js';
import { storage } from './storage.js';
import { embeds, level } from './tiktok.js';
import { toolbar } from './toolbar.js';

/** @import { Settings } from '../types.js' */
/** @import { Actions, Notice, Section } from './frame.js' */

/** In the order in which they are shown. @type {readonly Section[]} */
const SECTIONS = [level, embeds, links, kept, leftAlone, paused, lists, own, toolbar, backup, storage, news];

const root = /** @type {HTMLElement} */ (document.getElementById('settings'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));

/** @type {Settings | undefined} */
let chosen;

/** @type {string[]} */
let locked = [];

/** @type {Notice | undefined} */
let notice;

function draw() {
  if (chosen) render(page(SECTIONS, { ...actions, settings: chosen, locked }, notice), root);
}

/** @type {Actions} */
const actions = { change: settings.update, say };

/** @param {string} section @param {string} words */
function say(section, words, isWrong = false) {
  notice = { section, words, isWrong };
  said.textContent = words;
  draw();
}

nameLanguage();
showFaults();
document.title = text('settingsTitle');
for (const { follow } of SECTIONS) follow?.(draw, actions);
settings.follow(async (now) => {
  locked = await settings.managedNames();
  const isFirst = chosen === undefined;
  chosen = now;
  draw();
  // There was nothing to go to when the page was loaded.
  if (isFirst) document.getElementById(location.hash.slice(1))?.scrollIntoView();
});
