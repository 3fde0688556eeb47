/** The page that opens once, after installing: where Detick is, what it does, how far it goes, what it asks for. */

import { h, render } from 'preact';
import { api, extensionPage, isPhone } from '../shared/browser.js';
import { nameLanguage, text } from '../shared/text.js';
import * as keys from '../stored/keys.js';

/** @import { ComponentChild } from 'preact' */
/** @import { Account } from '../types.js' */

/** How often the browser is asked whether the icon is pinned by now: it does not tell. */
const ASKED_EVERY_MS = 1000;

/** What is asked for, each with the reason: messages `perm…` and `perm…Why`. */
const PERMISSIONS = [
  ['permSites', 'permSitesWhy'],
  ['permCookies', 'permCookiesWhy'],
  ['permClipboard', 'permClipboardWhy'],
  isPhone ? ['permRestPhone', 'permRestPhoneWhy'] : ['permRest', 'permRestWhy'],
];

/** What Detick found out about the person, and so does. */
const LEVELS = { visitor: 'isVisitor', member: 'isMember', unknown: 'isUnknown' };

/**
 * @typedef {object} State
 * @property {Account['state']} account
 * @property {boolean} isHidden whether the icon is in the browser's menu of extensions
 * @property {boolean} isPrivate whether the browser lets Detick into private windows
 */

/** @type {State} */
let state = { account: 'unknown', isHidden: false, isPrivate: true };

const said = /** @type {HTMLElement} */ (document.getElementById('said'));

/** @param {State} state */
function view({ account, isHidden, isPrivate }) {
  return [
    h(
      'header',
      {},
      h('img', { src: api.runtime.getURL('icons/on-128.png'), alt: '' }),
      h('h1', {}, text('welcomeTitle')),
    ),
    h('p', {}, text('welcomeWhat')),
    isHidden && section('welcomePin', h('p', {}, text('welcomePinMore'))),
    isPhone && section('welcomePhone', h('p', {}, text('welcomePhoneMore'))),
    section(
      'welcomeTry',
      h('p', {}, text('welcomeTryMore')),
      h(
        'p',
        { class: 'row' },
        h('a', { id: 'try', class: 'button', href: '../cleaner/page.html' }, text('welcomeOpen')),
      ),
    ),
    !isPrivate && section(isPhone ? 'welcomePrivateTabs' : 'welcomePrivate', ...privateWays()),
    section(
      'level',
      h('p', { id: 'level' }, text(LEVELS[account])),
      h('p', {}, h('a', { id: 'change', href: '../options/page.html#sectionProtection' }, text('welcomeChange'))),
    ),
    h(
      'details',
      { key: 'permissions' },
      h('summary', {}, text('welcomePermissions')),
      h(
        'dl',
        { class: 'permissions' },
        PERMISSIONS.map(([name = '', why = '']) => [h('dt', {}, text(name)), h('dd', {}, text(why))]),
      ),
    ),
  ];
}

/** @param {string} title @param {ComponentChild[]} content */
function section(title, ...content) {
  return h(
    'section',
    { key: title, 'aria-labelledby': `${title}-title` },
    h('h2', { id: `${title}-title` }, text(title)),
    ...content,
  );
}

/** How to let Detick into private windows; Firefox opens its page of extensions for nobody. */
function privateWays() {
  if (isPhone) return [h('p', {}, text('welcomePrivatePhone'))];
  if (extensionPage === undefined) return [h('p', {}, text('welcomePrivateFirefox'))];
  const open = () => api.tabs.create({ url: extensionPage });
  return [
    h('p', {}, text('welcomePrivateMore')),
    h('p', { class: 'row' }, h('button', { id: 'open-private', onClick: open }, text('welcomePrivateOpen'))),
  ];
}

/** @param {Partial<State>} change */
function draw(change) {
  state = { ...state, ...change };
  render(view(state), /** @type {HTMLElement} */ (document.getElementById('welcome')));
}

async function readAccount() {
  const { state: account = 'unknown' } = (await keys.get('account')) ?? {};
  draw({ account });
}

/** Asks for the icon to be pinned while it is not. */
async function askForPin() {
  if (isPhone || !api.action.getUserSettings) return; // phones have no toolbar
  const isHidden = (await api.action.getUserSettings()).isOnToolbar === false;
  if (state.isHidden && !isHidden) said.textContent = text('welcomePinned');
  draw({ isHidden });
}

async function askForPrivate() {
  draw({ isPrivate: await api.extension.isAllowedIncognitoAccess() });
}

nameLanguage();
document.title = text('welcomeTitle');
readAccount();
// Whether somebody is signed in is being found out while this page opens.
keys.onChange('account', readAccount);
askForPin();
setInterval(askForPin, ASKED_EVERY_MS);
askForPrivate();
addEventListener('focus', askForPrivate); // people come back from the browser's own page
