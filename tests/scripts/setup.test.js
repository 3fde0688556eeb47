import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../scripts/setup.mjs';

/**
 * @param {NodeJS.ProcessEnv} env all that the set-up sees of this machine
 * @returns {{status: number | null, said: string}}
 */
function setUpWith(env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/setup.mjs')], {
    env,
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
}

test('a machine without Rust, apt and browsers is told what to install', () => {
  const empty = mkdtempSync(join(tmpdir(), 'detick-setup-'));
  const { status, said } = setUpWith({ PATH: empty, HOME: empty });
  rmSync(empty, { recursive: true });
  assert.equal(status, 1);
  assert.match(said, /no apt-get/);
  assert.match(said, /Rust and a C linker: missing\. Install Rust from https:\/\/rustup\.rs/);
  assert.match(said, /Firefox: missing\. Install Firefox, or name its program in DETICK_FIREFOX/);
  assert.doesNotMatch(said, /valgrind: missing/, 'what can be missing keeps nobody from testing');
  assert.doesNotMatch(said, /at .*\.mjs:\d+/, 'no stack trace');
});

test('a machine that has everything is told nothing', () => {
  const { status, said } = setUpWith(process.env);
  assert.equal(status, 0, said);
  assert.equal(said, '');
});

test('a browser that is not where the environment says is an answer, not a crash', () => {
  const { status, said } = setUpWith({ ...process.env, DETICK_CHROMIUM: '/absent/chromium' });
  assert.equal(status, 1);
  assert.equal(said.trim(), 'DETICK_CHROMIUM names /absent/chromium, which is not a program: correct or unset it.');
});
