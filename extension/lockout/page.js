/**
 * Stands in for every page of TikTok's while that is locked out; the address that was asked for is in our own fragment.
 * Any page may open this one with any fragment: it leads to what is locked out alone, and changes nothing unless that
 * is so.
 */

import { h, render } from 'preact';
import { api } from '../shared/browser.js';
import { leaveFor } from '../shared/leaving.js';
import { ask } from '../shared/messages.js';
import { hostOf, isWithin } from '../shared/site.js';
import { nameLanguage, text } from '../shared/text.js';
import * as settings from '../stored/settings.js';

const root = /** @type {HTMLElement} */ (document.getElementById('lockout'));

/** Who speaks, above what is said. @param {import('preact').ComponentChild} content */
const draw = (content) => render([brand(), content], root);

function brand() {
  return h('p', { class: 'brand' }, h('img', { src: api.runtime.getURL('icons/on-128.png'), alt: '' }), text('name'));
}

/**
 * @returns {Promise<string>} the address that was asked for; empty if it is not one that the lockout keeps from opening
 */
async function askedFor() {
  const asked = location.hash.slice(1);
  const response = await fetch(api.runtime.getURL('rules/lockout.json'));
  /** @type {chrome.declarativeNetRequest.Rule[]} */
  const rules = await response.json();
  const domains = rules.flatMap((rule) => rule.condition.requestDomains ?? []);
  return domains.some((domain) => isWithin(hostOf(asked), domain)) ? asked : '';
}

/**
 * What the person may do: with an organisation's policy, only go back.
 *
 * @param {string} asked
 * @param {boolean} isManaged
 */
function ways(asked, isManaged) {
  if (isManaged) return [back()];
  return [
    back(),
    asked !== '' && h('button', { id: 'lift', onClick: () => lift(asked) }, text('liftLockout')),
    h('button', { id: 'unlock', onClick: () => unlock(asked) }, text('endLockout')),
  ];
}

function back() {
  return history.length > 1 && h('button', { id: 'back', onClick: () => history.back() }, text('goBack'));
}

/** @param {string} asked */
async function lift(asked) {
  await ask('liftLockout', {});
  await leaveFor(asked);
}

/** @param {string} asked */
async function unlock(asked) {
  await settings.update((chosen) => (chosen.level === 'lockout' ? { ...chosen, level: 'auto' } : chosen));
  await ask('followSettings', {});
  if (asked !== '') await leaveFor(asked);
}

/** @param {string} asked @param {boolean} isManaged */
function showLocked(asked, isManaged) {
  document.title = text('lockedOut');
  draw([
    h(
      'div',
      { class: 'sign' },
      h('h1', {}, text('lockedOut')),
      h('p', {}, text(isManaged ? 'lockedOutByPolicy' : 'lockedOutByYou')),
      asked !== '' && h('p', { key: 'asked', class: 'address' }, hostOf(asked)),
      h('div', { class: 'ways' }, ways(asked, isManaged)),
    ),
    h('p', { class: 'note' }, text('nothingLeft')),
  ]);
}

/** The lockout ended while this page was open, or never began. @param {string} asked */
function showOpen(asked) {
  document.title = text('notLockedOut');
  draw([
    h(
      'div',
      { class: 'sign' },
      h('h1', {}, text('notLockedOut')),
      asked !== '' && h('p', { key: 'asked', class: 'address' }, hostOf(asked)),
      h(
        'div',
        { class: 'ways' },
        back(),
        asked !== '' && h('button', { id: 'open', onClick: () => leaveFor(asked) }, text('unwrapOpen')),
      ),
    ),
  ]);
}

async function start() {
  nameLanguage();
  const [asked, managed] = await Promise.all([askedFor(), settings.managedNames()]);
  settings.follow(({ level }) => {
    if (level === 'lockout') showLocked(asked, managed.includes('level'));
    else showOpen(asked);
  });
}

start();
