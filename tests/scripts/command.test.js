import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { run } from '../../scripts/command.mjs';

/** @param {string} code */
const node = (code) => [process.execPath, '--eval', code];

test('a command that works gives its output', async () => {
  const { ok, output } = await run('works', node('console.log("out"); console.error("err")'));
  assert.ok(ok);
  assert.deepEqual(output.trim().split('\n').sort(), ['err', 'out']);
});

test('a command that fails is an outcome, with what it said', async () => {
  const { ok, output } = await run('fails', node('console.error("no network"); process.exit(3)'));
  assert.ok(!ok);
  assert.match(output, /no network/);
});

test('a program that is not installed is an outcome, and named', async () => {
  const { ok, output } = await run('absent', ['detick-no-such-program']);
  assert.ok(!ok);
  assert.match(output, /detick-no-such-program/);
});

test('a command that hangs is ended', async () => {
  const { ok, seconds } = await run('hangs', node('setInterval(() => {}, 1000)'), { timeoutMs: 200 });
  assert.ok(!ok);
  assert.ok(seconds < 5, `took ${seconds} s`);
});

test('a deadline does not outlive a program that never started', () => {
  const command = new URL('../../scripts/command.mjs', import.meta.url);
  const code = `import { run } from '${command}'; await run('absent', ['detick-no-such-program'], { timeoutMs: 60_000 });`;
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { timeout: 20_000 });
  assert.equal(status, 0);
});

test('the environment is added to ours', async () => {
  const { output } = await run('environment', node('console.log(process.env.DETICK_GREETING, !!process.env.PATH)'), {
    env: { DETICK_GREETING: 'hello' },
  });
  assert.equal(output.trim(), 'hello true');
});
