/**
 * What Detick leaves alone because the person said so, wherever it is stored, as one list.
 *
 * @import { Settings } from '../types.js'
 */

import { isLineOf, withLine, withoutLine } from '../shared/exceptions.js';
import { ask } from '../shared/messages.js';
import { isolated, language, text } from '../shared/text.js';
import * as lines from '../stored/own-lines.js';
import { pausesAt, withEmbedSite, withKept, withLinksOff, withPause } from '../stored/settings.js';

/** Writes settings. @typedef {(next: (now: Settings) => Settings) => Promise<unknown>} Change */

/**
 * @typedef {object} Exception
 * @property {string} key what tells it from all others
 * @property {string} site empty where it is for no site alone
 * @property {string} what is left alone
 * @property {string} [more] until when
 * @property {keyof Settings | 'ownLines'} [setting] that holds it; an organisation may have set that
 * @property {(change: Change) => Promise<unknown>} remove takes it back
 * @property {(change: Change) => Promise<unknown>} restore has it again as it was
 */

/**
 * @param {Settings} settings
 * @param {string} ownLines the person's own
 * @param {number} liftedUntil ms since 1970 until which a lockout rests
 * @param {number} now ms since 1970
 * @returns {Exception[]} in any order
 */
export function exceptionsOf(settings, ownLines, liftedUntil, now) {
  return [
    ...pausesAt(settings, now).map(pauseEntry),
    ...settings.linksOff.map(linksEntry),
    ...settings.embedSites.map(embedsEntry),
    ...settings.keep.map(keptEntry),
    ...exceptionLines(ownLines).map(lineEntry),
    ...(settings.level === 'lockout' && liftedUntil > now ? [liftedEntry(liftedUntil)] : []),
  ];
}

/** @param {Exception[]} entries @returns {Exception[]} by site, then by what they are; those for no site alone first */
export function inOrder(entries) {
  const { compare } = new Intl.Collator(language());
  return [...entries].sort((one, other) => compare(one.site, other.site) || compare(one.what, other.what));
}

/** @param {Settings['paused'][number]} pause @returns {Exception} */
function pauseEntry(pause) {
  const { host, until } = pause;
  return {
    key: `pause ${host}`,
    site: host,
    what: text('offHere'),
    more: until === 0 ? text('pauseOpen') : text('until', moment(until)),
    setting: 'paused',
    remove: (change) => change((now) => ({ ...now, paused: now.paused.filter((one) => one.host !== host) })),
    restore: (change) => change((now) => withPause(now, pause)),
  };
}

/**
 * What makes an exception of a site that a setting lists.
 *
 * @param {'linksOff' | 'embedSites'} setting
 * @param {string} kind tells its exceptions from others
 * @param {string} what the key of the message that says what is left alone there
 * @param {(now: Settings, host: string) => Settings} withIt
 * @returns {(host: string) => Exception}
 */
function siteEntry(setting, kind, what, withIt) {
  return (host) => ({
    key: `${kind} ${host}`,
    site: host,
    what: text(what),
    setting,
    remove: (change) => change((now) => ({ ...now, [setting]: now[setting].filter((one) => one !== host) })),
    restore: (change) => change((now) => withIt(now, host)),
  });
}

const linksEntry = siteEntry('linksOff', 'links', 'exceptionLinks', withLinksOff);
const embedsEntry = siteEntry('embedSites', 'embeds', 'embedsPlayHere', withEmbedSite);

/** @param {Settings['keep'][number]} kept @returns {Exception} */
function keptEntry(kept) {
  const { host, name } = kept;
  const isOther = (/** @type {Settings['keep'][number]} */ one) => one.host !== host || one.name !== name;
  return {
    key: `keep ${name} ${host}`,
    site: host,
    what: text('exceptionKept', isolated(name)),
    setting: 'keep',
    remove: (change) => change((now) => ({ ...now, keep: now.keep.filter(isOther) })),
    restore: (change) => change((now) => withKept(now, kept)),
  };
}

/** @param {string} ownLines @returns {string[]} those that let something through, each once */
function exceptionLines(ownLines) {
  const all = ownLines.split('\n').map((line) => line.trim());
  return [...new Set(all)].filter((line) => line.startsWith('@@'));
}

/** @param {string} line @returns {Exception} */
function lineEntry(line) {
  const [, site = ''] = /\$domain=([^,|~]+)$/.exec(line) ?? [];
  const isAllowed = site !== '' && isLineOf(line, site);
  const what = isAllowed ? line.slice('@@||'.length, -`$domain=${site}`.length).replace(/\^$/, '') : line;
  /** As the lines stood before, and after. @type {[string, string]} */
  let change = ['', ''];
  return {
    key: `line ${line}`,
    site: isAllowed ? site : '',
    what: text(isAllowed ? 'exceptionAllowed' : 'exceptionLine', isolated(what)),
    setting: 'ownLines',
    remove: async () => {
      const before = await lines.own();
      change = [before, withoutLine(before, line)];
      await lines.save(change[1]);
    },
    // To the byte where nothing else was written meanwhile; else at the end.
    restore: async () => {
      const now = await lines.own();
      await lines.save(now === change[1] ? change[0] : withLine(now, line));
    },
  };
}

/** @param {number} until @returns {Exception} */
function liftedEntry(until) {
  return {
    key: 'lifted',
    site: '',
    what: text('openUntil', moment(until)),
    remove: () => ask('lockAgain', {}),
    restore: () => ask('liftLockout', {}),
  };
}

/** @param {number} ms since 1970 */
function moment(ms) {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}
