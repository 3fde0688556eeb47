/**
 * A way out of the lockout for a while; sole writer of storage.session `liftedUntil`.
 */

import { api } from '../../shared/browser.js';
import * as keys from '../../stored/keys.js';
import * as settings from '../../stored/settings.js';
import * as rules from '../rules/rules.js';

const ALARM = 'lockout';
const LIFTED_MS = 15 * 60_000;

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === ALARM) keys.put('liftedUntil', undefined).then(rules.sync);
  });
}

/**
 * Lets the person in for a quarter of an hour, with all other protection in force.
 *
 * @returns {Promise<undefined>} once the rules are set
 * @throws {Error} if an organisation locked TikTok out, or nobody did
 */
export async function liftLockout() {
  if ((await settings.managedNames()).includes('level')) throw new Error('The lockout is set by your organisation.');
  if ((await settings.load()).level !== 'lockout') throw new Error('TikTok is not locked out.');
  const until = Date.now() + LIFTED_MS;
  await api.alarms.create(ALARM, { when: until }); // first: a background may die on any line, and a way out must end
  await keys.put('liftedUntil', until);
  await rules.sync();
}

/**
 * Ends that quarter of an hour before its time.
 *
 * @returns {Promise<undefined>} once the rules are set
 */
export async function lockAgain() {
  await keys.put('liftedUntil', undefined);
  await api.alarms.clear(ALARM);
  await rules.sync();
}

/**
 * Settings were changed by a page that goes on only when the rules follow them.
 *
 * @returns {Promise<undefined>}
 */
export async function followSettings() {
  await rules.sync();
}
