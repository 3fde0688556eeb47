/** The page that opens once, after installing: what Detick does, what it asks for, how far it goes. */

import { h, render } from 'preact';
import { api } from '../shared/browser.js';
import { nameLanguage, text } from '../shared/text.js';
import * as keys from '../stored/keys.js';

/** @import { ComponentChild } from 'preact' */
/** @import { Account } from '../types.js' */

/** What is asked for, each with the reason: messages `perm…` and `perm…Why`. */
const PERMISSIONS = [
  ['permSites', 'permSitesWhy'],
  ['permCookies', 'permCookiesWhy'],
  ['permClipboard', 'permClipboardWhy'],
  ['permRest', 'permRestWhy'],
];

/** What Detick found out about the person, and so does. */
const LEVELS = { visitor: 'isVisitor', member: 'isMember', unknown: 'isUnknown' };

/** @param {Account['state']} state */
function view(state) {
  return [
    h(
      'header',
      {},
      h('img', { src: api.runtime.getURL('icons/on-128.png'), alt: '' }),
      h('h1', {}, text('welcomeTitle')),
    ),
    h('p', {}, text('welcomeWhat')),
    section(
      'welcomePermissions',
      h(
        'dl',
        { class: 'permissions' },
        PERMISSIONS.map(([name = '', why = '']) => [h('dt', {}, text(name)), h('dd', {}, text(why))]),
      ),
    ),
    section(
      'welcomeLevel',
      h('p', { id: 'level' }, text(LEVELS[state])),
      h('p', {}, h('a', { id: 'change', href: '../options/page.html#sectionTikTok' }, text('welcomeChange'))),
    ),
    section(
      'welcomeTry',
      h('p', {}, text('welcomeTryMore')),
      h(
        'p',
        { class: 'row' },
        h('a', { id: 'try', class: 'button', href: '../cleaner/page.html' }, text('welcomeOpen')),
      ),
    ),
  ];
}

/** @param {string} title @param {ComponentChild[]} content */
function section(title, ...content) {
  return h('section', { 'aria-labelledby': title }, h('h2', { id: title }, text(title)), ...content);
}

async function draw() {
  const { state = 'unknown' } = (await keys.get('account')) ?? {};
  render(view(state), /** @type {HTMLElement} */ (document.getElementById('welcome')));
}

nameLanguage();
document.title = text('welcomeTitle');
draw();
// Whether somebody is signed in is being found out while this page opens.
keys.onChange('account', draw);
