import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { findBrowser } from '../../scripts/browsers.mjs';

const environment = { ...process.env };
/** @type {string} */
let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'detick-browsers-'));
  process.env.PATH = folder;
  delete process.env.DETICK_CHROMIUM;
  delete process.env.DETICK_FIREFOX;
});

afterEach(() => {
  process.env = { ...environment };
  rmSync(folder, { recursive: true });
});

/**
 * @param {string} name
 * @returns {string} the path of a new file that may be run
 */
function program(name) {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

test('a browser in the PATH is found, Chromium before Chrome', () => {
  program('google-chrome');
  assert.equal(findBrowser('chromium'), join(folder, 'google-chrome'));
  const chromium = program('chromium');
  assert.equal(findBrowser('chromium'), chromium);
});

test('the environment decides before the PATH', () => {
  program('firefox-esr');
  const chosen = program('my-firefox');
  process.env.DETICK_FIREFOX = chosen;
  assert.equal(findBrowser('firefox'), chosen);
});

test('a wrong path in the environment is said, not passed over', () => {
  program('chromium');
  process.env.DETICK_CHROMIUM = join(folder, 'absent');
  assert.throws(() => findBrowser('chromium'), /DETICK_CHROMIUM names .*absent/);
});

test('a file that may not be run is no browser', () => {
  writeFileSync(join(folder, 'firefox'), '');
  chmodSync(join(folder, 'firefox'), 0o644);
  assert.equal(findBrowser('firefox'), undefined);
});
