/** Settings chosen as pages of Detick's choose them: through the module that alone writes them. */

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('../../extension/types.js').Settings} Settings */

/**
 * Changes some settings.
 *
 * @param {Pick<Session, 'browser'>} session
 * @param {Partial<Settings>} change
 * @returns {Promise<void>} once they are stored; the background then follows them
 */
export async function choose({ browser }, change) {
  await browser.inExtension(async (wanted) => {
    const path = '/shared/settings.js';
    const { update } = await import(path);
    await update((/** @type {Settings} */ chosen) => ({ ...chosen, ...wanted }));
  }, change);
}
