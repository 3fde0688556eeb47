/** Settings chosen as pages of Detick's choose them: through the module that alone writes them. */

import { loadSettings } from './own-module.js';

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('../extension/types.js').Settings} Settings */

/**
 * Changes some settings.
 *
 * @param {Pick<Session, 'browser'>} session
 * @param {Partial<Settings>} change
 * @returns {Promise<void>} once they are stored; the background then follows them
 */
export async function choose({ browser }, change) {
  const page = await browser.openExtensionPage(browser.popupPath);
  try {
    await loadSettings(page);
    await page.evaluate(async (wanted) => {
      const { update } = /** @type {any} */ (globalThis).settings;
      await update((/** @type {Settings} */ chosen) => ({ ...chosen, ...wanted }));
    }, change);
  } finally {
    await page.close();
  }
}
