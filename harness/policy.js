/** What an organisation sets for Detick, as browsers take it from an administrator. */

import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readManifest } from './extension.js';

/** Where Chromium on Linux looks. */
const CHROMIUM_POLICIES = '/etc/chromium/policies/managed';

/**
 * Firefox looks in the user's home.
 *
 * @param {string} extensionId
 * @param {object} settings
 * @returns {{home: string, remove: () => void}} a home with the policy in it
 */
function firefoxPolicy(extensionId, settings) {
  const home = mkdtempSync(join(tmpdir(), 'detick-home-'));
  const folder = join(home, '.mozilla/managed-storage');
  mkdirSync(folder, { recursive: true });
  const manifest = { name: extensionId, description: 'A test', type: 'storage', data: settings };
  writeFileSync(join(folder, `${extensionId}.json`), JSON.stringify(manifest));
  return { home, remove: () => rmSync(home, { recursive: true }) };
}

/** @returns {boolean} whether this user may set policies for Chromium */
export function canSetChromiumPolicy() {
  let folder = CHROMIUM_POLICIES;
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false; // an ordinary user may not
  }
}

/**
 * Chromium looks in a folder of the system.
 *
 * @param {string} extensionDir
 * @param {object} settings
 * @returns {{remove: () => void}}
 */
function chromiumPolicy(extensionDir, settings) {
  const extensionId = idOf(extensionDir);
  const file = join(CHROMIUM_POLICIES, `detick-test-${process.pid}.json`);
  mkdirSync(CHROMIUM_POLICIES, { recursive: true });
  writeFileSync(file, JSON.stringify({ '3rdparty': { extensions: { [extensionId]: settings } } }));
  return { remove: () => rmSync(file) };
}

/**
 * Sets a policy as the browser under test takes it, before it is started.
 *
 * @param {import('../scripts/browsers.mjs').BrowserName} browser
 * @param {string} extensionDir
 * @param {object} settings
 * @returns {{home?: string, remove: () => void}} where Firefox finds it, and how it is taken away again
 */
export function setPolicy(browser, extensionDir, settings) {
  if (browser === 'chromium') return chromiumPolicy(extensionDir, settings);
  const { gecko } = /** @type {{gecko: {id: string}}} */ (readManifest(extensionDir).browser_specific_settings);
  return firefoxPolicy(gecko.id, settings);
}

/**
 * Chromium reads policies when it has nothing better to do, so it is asked now and then from one page. To be run in
 * Detick's page.
 */
export async function waitForPolicy() {
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 500) {
    const set = await chrome.storage.managed.get(null);
    if (Object.keys(set).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the browser has no policy for Detick');
}

/**
 * @param {string} extensionDir
 * @returns {string} the id that Chromium gives to an extension that is loaded from there
 */
function idOf(extensionDir) {
  const digest = createHash('sha256').update(extensionDir).digest('hex').slice(0, 32);
  return digest.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
}
