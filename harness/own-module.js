/**
 * Modules of Detick's in a page of its own, for specs that do what its pages do: what ships are joined files, which
 * export nothing.
 *
 * @import { Page } from 'puppeteer-core'
 */

import { joinContent } from '../scripts/join.mjs';

/**
 * Loads a module into a page, with all that it imports.
 *
 * @param {Page} page
 * @param {string} path below the extension's folder
 * @param {string} name of the global that has what the module exports
 */
export async function loadInto(page, path, name) {
  await page.evaluate(`${await joinContent(path, name)}\nglobalThis.${name} = ${name};\nundefined;`);
}

/** Loads the module that alone writes settings, as `globalThis.settings`. @param {Page} page */
export async function loadSettings(page) {
  await loadInto(page, 'stored/settings.js', 'settings');
}
