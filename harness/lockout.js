/** TikTok locked out, in the browser under test. */

import { until } from './until.js';

/** @typedef {import('./session.js').Session} Session */

/**
 * Chooses the lockout, and waits until it is in force.
 *
 * @param {Pick<Session, 'browser'>} session
 */
export async function lockOut({ browser }) {
  await browser.inExtension(() => chrome.storage.local.set({ settings: { level: 'lockout' } }));
  await until('the lockout to be in force', () => isOn({ browser }));
}

/**
 * @param {Pick<Session, 'browser'>} session
 * @returns {Promise<boolean>} whether TikTok is locked out, and our page in its place
 */
export function isOn({ browser }) {
  return browser.inExtension(async () => {
    const [sets, rules] = await Promise.all([
      chrome.declarativeNetRequest.getEnabledRulesets(),
      chrome.declarativeNetRequest.getSessionRules(),
    ]);
    return (
      sets.includes('lockout') && rules.some((rule) => rule.action.redirect?.regexSubstitution?.includes('lockout'))
    );
  });
}
