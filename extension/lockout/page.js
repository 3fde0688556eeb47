/** Stands in for every page of TikTok's while that is locked out; the address that was asked for is in our own fragment. */

import { h, show } from '../shared/dom.js';
import { ask } from '../shared/messages.js';
import * as settings from '../shared/settings.js';
import { hostOf } from '../shared/site.js';
import { nameLanguage, text } from '../shared/text.js';

const asked = location.hash.slice(1);
const root = /** @type {HTMLElement} */ (document.getElementById('lockout'));

/** What the person may do: with an organisation's policy, only go back. @param {boolean} isManaged */
function ways(isManaged) {
  const back = history.length > 1 && h('button', { id: 'back', onclick: () => history.back() }, text('goBack'));
  if (isManaged) return [back];
  return [
    back,
    hostOf(asked) !== '' && h('button', { id: 'lift', onclick: lift }, text('liftLockout')),
    h('button', { id: 'unlock', onclick: unlock }, text('endLockout')),
  ];
}

async function lift() {
  await ask('liftLockout', {});
  location.replace(asked);
}

async function unlock() {
  await settings.update((chosen) => ({ ...chosen, level: 'auto' }));
  await ask('followSettings', {});
  if (hostOf(asked) !== '') location.replace(asked);
}

async function start() {
  nameLanguage();
  document.title = text('lockedOut');
  const isManaged = (await settings.managedNames()).includes('level');
  show(root, [
    h(
      'div',
      { class: 'sign' },
      h('h1', {}, text('lockedOut')),
      h('p', {}, text(isManaged ? 'lockedOutByPolicy' : 'lockedOutByYou')),
      hostOf(asked) !== '' && h('p', { class: 'address' }, hostOf(asked)),
      h('div', { class: 'ways' }, ways(isManaged)),
    ),
    h('p', { class: 'note' }, text('nothingLeft')),
  ]);
}

start();
