/**
 * A text about a broken page, to be put into a report: what its makers need, and nothing that names the person. Nothing
 * is sent: the form opens in a tab of its own, filled in, and the person sends it there.
 *
 * @import { Stopped } from '../types.js'
 * @import { State } from './state.js'
 */

import { api } from '../shared/browser.js';
import { text } from '../shared/text.js';
import { isPaused } from '../stored/settings.js';

const KINDS_TOLD = 40;

/** Longer addresses are refused by servers. */
const LONGEST_TEXT = 4000;

/**
 * @param {string} form its address
 * @param {string} site that does not work
 * @param {string} words of the report
 * @returns {string} the form's address with both filled in
 */
export function filledIn(form, site, words) {
  const query = new URLSearchParams({ title: site, body: words.slice(0, LONGEST_TEXT) });
  return `${form}?${query}`;
}

/**
 * @param {State} state
 * @returns {string} lines; the first is for the person to write on
 */
export function reportText(state) {
  const { record, settings, site, nowMs, hasAccess, level } = state;
  return [
    `${text('reportWhat')} `,
    '',
    withoutQuery(state.url),
    `Detick ${api.runtime.getManifest().version}, ${navigator.userAgent}`,
    `level ${level} (${settings.level}), embeds ${settings.embeds}, paused ${isPaused(settings, site, nowMs)}, access ${hasAccess}`,
    `stopped ${record?.count ?? 0}`,
    ...(record?.stopped ?? []).slice(0, KINDS_TOLD).map(line),
    ...removed(state),
  ].join('\n');
}

/** @param {Stopped} one */
function line({ action, type, url, list, line, count }) {
  return `- ${action} ${type} ${url} (${list}:${line}) ×${count}`;
}

/** @param {State} state */
function removed({ record }) {
  const names = (record?.arrival?.removed ?? []).map(({ name }) => name);
  return names.length > 0 ? [`removed from the address: ${names.join(', ')}`] : [];
}

/** What follows the question mark often says who somebody is. @param {string} url */
function withoutQuery(url) {
  return url.replace(/[?#].*$/s, '');
}
