/**
 * What stores are told in each language: docs/store/texts/, and the name and the summary that the extension has itself.
 *
 * @typedef {object} Texts
 * @property {string} name
 * @property {string} summary
 * @property {string} description paragraphs and a list, as plain text
 * @property {string} purpose the single one that it has
 * @property {string} tile what the small picture says
 * @property {Record<string, { title: string, more: string }>} pictures what each says, by its name
 *
 * @typedef {'chrome' | 'firefox' | 'edge'} Store
 */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';

const FOLDER = join(ROOT, 'docs/store/texts');
const MESSAGES = join(ROOT, 'extension/_locales');

/** What the extension speaks, by the names of its folders. */
export const LOCALES = readdirSync(MESSAGES).sort();

/**
 * How many characters each store takes: https://developer.chrome.com/docs/extensions/reference/manifest/name and
 * https://developer.chrome.com/docs/webstore/cws-dashboard-privacy for Chrome's, the forms of addons.mozilla.org for
 * Firefox's, https://learn.microsoft.com/microsoft-edge/extensions-chromium/publish/publish-extension for Edge's.
 *
 * @type {Record<Store, Record<'name' | 'summary' | 'description' | 'purpose', [least: number, most: number]>>}
 */
export const LIMITS = {
  chrome: { name: [1, 45], summary: [1, 132], description: [1, 16_000], purpose: [1, 1000] },
  firefox: { name: [1, 50], summary: [1, 250], description: [1, 15_000], purpose: [1, 1000] },
  edge: { name: [1, 45], summary: [1, 132], description: [250, 10_000], purpose: [1, 1000] },
};

/** As they want pictures, in pixels. */
export const SIZE = { width: 1280, height: 800 };
export const TILE = { width: 440, height: 280 };
export const LOGO = { width: 300, height: 300 };

/** What Edge's testers read of notes, and Chrome's of why a permission is needed, in characters. */
export const MOST_NOTES = 2000;
export const MOST_JUSTIFICATION = 1000;

/**
 * @param {string} locale a folder of `_locales`
 * @returns {Texts}
 * @throws {Error} if there are none in that language
 */
export function textsIn(locale) {
  const { name, description } = json(join(MESSAGES, locale, 'messages.json'));
  const { intro, points, limits, promise, ...others } = json(join(FOLDER, `${locale}.json`));
  const list = points.map((/** @type {string} */ point) => `• ${point}`).join('\n');
  return {
    name: name.message,
    summary: description.message,
    description: `${[intro, list, limits, promise].join('\n\n')}\n`,
    ...others,
  };
}

/**
 * Writes the texts of a language as a store takes them.
 *
 * @param {Store} store Chrome's and Edge's take name and summary from the package; there they are for comparison
 * @param {string} locale a folder of `_locales`
 * @param {string} folder
 */
export function writeTexts(store, locale, folder) {
  const { name, summary, description, purpose, pictures } = textsIn(locale);
  const captions = Object.values(pictures).map(({ title, more }) => `${title}\n${more}\n`);
  const files = {
    'name.txt': name,
    'summary.txt': summary,
    'description.txt': description,
    ...(store === 'firefox' ? { 'captions.txt': captions.join('\n') } : { 'single-purpose.txt': purpose }),
  };
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), `${text.trimEnd()}\n`);
}

/** @param {string} path */
function json(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
