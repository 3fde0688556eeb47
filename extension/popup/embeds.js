/**
 * Embedded videos: once a person has played one, they may say here that they need no click on that site, and take it
 * back. In the page itself nothing that lasts is offered: a page could put it under the pointer.
 *
 * @import { VNode } from 'preact'
 * @import { State } from './state.js'
 * @import { Actions } from './view.js'
 */

import { h } from 'preact';
import { isWithin } from '../shared/site.js';
import { plural, text } from '../shared/text.js';

/** @param {State} state @param {Actions} actions */
export function videosView(state, actions) {
  return [
    state.waiting > 0 &&
      h(
        'section',
        { key: 'waiting', class: 'embeds' },
        h('p', {}, plural('videosWait', state.waiting)),
        h('button', { id: 'play-all', onClick: actions.playAll }, text('playAll')),
      ),
    ...embedSections(state, actions),
  ];
}

/**
 * @param {State} state
 * @param {Actions} actions
 * @returns {VNode[]} one for the site, and one for each frame of another site in which a video was played
 */
function embedSections(state, actions) {
  const sites = new Set([state.site, ...state.playedOn]);
  return [...sites].flatMap((site) => embedSection(site, state, actions) ?? []);
}

/** @param {string} site @param {State} state @param {Actions} actions */
function embedSection(site, state, actions) {
  const isAlways = state.settings.embedSites.some((one) => isWithin(site, one));
  const isMet = state.playedOn.includes(site) || (site === state.site && state.waiting > 0);
  if (!isAlways && !(isMet && state.settings.embeds === 'ask')) return undefined;
  return h(
    'section',
    { key: `embeds ${site}`, class: 'embeds' },
    site !== state.site && h('h2', {}, h('bdi', { dir: 'ltr' }, site)),
    h('p', {}, text(isAlways ? 'embedsPlayHere' : 'embedsWaitHere')),
    !state.locked.includes('embedSites') && (isAlways ? askButton(site, actions) : alwaysButton(site, actions)),
  );
}

/** @param {string} site @param {Actions} actions */
function alwaysButton(site, { alwaysPlayEmbeds }) {
  const props = { id: `always-embeds ${site}`, class: 'plain', onClick: () => alwaysPlayEmbeds(site) };
  return h('button', props, text('embedAlways'));
}

/** @param {string} site @param {Actions} actions */
function askButton(site, { askBeforeEmbeds }) {
  const props = { id: `ask-embeds ${site}`, class: 'plain', onClick: () => askBeforeEmbeds(site) };
  return h('button', props, text('askBeforeEmbeds'));
}
