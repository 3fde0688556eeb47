/**
 * The extension as Firefox for Android has it, which no driver here reaches: in a browser of computers, without what
 * phones lack. tests/documents/android.test.js says what that is by Mozilla's own tables; here goes more than there.
 */

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from './extension.js';
import { copied } from './translated.js';

/** What an extension has because its manifest says so. */
const KEYS = ['commands', 'omnibox'];
const PERMISSIONS = ['contextMenus', 'browsingData'];

/**
 * Copies the extension into a folder, with what phones lack taken from it before its programs begin. What they complain
 * about is kept in storage.session `complaints`. The popup can share: what it shared is its `shared`, and it is refused
 * with an error named `refusal`, if that is set.
 *
 * @returns {{dir: string, remove: () => void}}
 */
export function asOnPhone() {
  const dir = copied();
  const manifest = /** @type {Record<string, any>} */ (readManifest(dir));
  for (const key of KEYS) delete manifest[key];
  manifest.permissions = manifest.permissions.filter((/** @type {string} */ name) => !PERMISSIONS.includes(name));
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest));
  const programs = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^background\.js$|\bpage\.js$/.test(name),
  );
  for (const program of programs) {
    const path = join(dir, program);
    writeFileSync(path, `(${takeAway})();\n${readFileSync(path, 'utf8')}`);
  }
  return { dir, remove: () => rmSync(dir, { recursive: true }) };
}

/** Runs before a program of the extension. */
function takeAway() {
  const own = /** @type {any} */ (globalThis);
  const real = own.browser ?? own.chrome;
  const complain = async (/** @type {unknown[]} */ ...words) => {
    try {
      const { complaints = [] } = await real.storage.session.get('complaints');
      await real.storage.session.set({ complaints: [...complaints, words.map(String).join(' ')] });
    } catch {
      // The page is going; a complaint about that would be the next.
    }
  };
  own.console.error = complain;
  own.addEventListener('error', (/** @type {ErrorEvent} */ { message }) => complain(message));
  own.addEventListener('unhandledrejection', (/** @type {PromiseRejectionEvent} */ { reason }) => complain(reason));

  const badge = ['setBadgeText', 'setBadgeBackgroundColor', 'getBadgeText', 'setIcon', 'openPopup', 'getUserSettings'];
  /** @type {Record<string, string[]>} */
  const lacks = { action: badge, storage: ['managed'] };
  const without = (/** @type {any} */ whole, /** @type {string[]} */ names) =>
    new Proxy(
      {},
      {
        get: (_, name) => (names.includes(String(name)) ? undefined : whole[name]),
        has: (_, name) => !names.includes(String(name)) && name in whole,
      },
    );
  /** @type {Record<string, object>} */
  const parts = Object.fromEntries(Object.entries(lacks).map(([name, gone]) => [name, without(real[name], gone)]));
  const left = /** @type {Record<string, any>} */ (
    without(real, ['windows', 'management', 'menus', 'contextMenus', 'dom'])
  );
  const api = new Proxy(
    {},
    { get: (_, name) => parts[String(name)] ?? left[String(name)], has: (_, name) => name in left },
  );
  for (const name of ['browser', 'chrome'])
    Object.defineProperty(own, name, { value: api, configurable: true, writable: true });

  if (!own.location.pathname.endsWith('popup/page.html')) return;
  const share = async (/** @type {{ url: string }} */ { url }) => {
    own.shared = url;
    if (own.refusal !== undefined) throw new DOMException('refused', own.refusal);
  };
  Object.defineProperties(own.navigator, { canShare: { value: () => true }, share: { value: share } });
}
