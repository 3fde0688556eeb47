// The engine built natively and the one that browsers run: the same verdict on every row and every recorded request.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { RUN_DETICK } from '../../harness/native.js';

/** @typedef {{url: string, sourceUrl: string, type: string, method?: string}} Asked */

const ROOT = join(import.meta.dirname, '../..');
const CORPORA = join(process.env.DETICK_SHARED ?? join(ROOT, '../shared'), 'corpora');
const MODULE = join(ROOT, 'extension/wasm/detick_bg.wasm');
const NO_MODULE = existsSync(MODULE) ? false : 'the engine is not built: run `cargo xtask build`';
const NO_CORPORA = existsSync(CORPORA) ? false : 'there is no corpora folder';

let folder = '';

/** @type {WebAssembly.Memory} */
let memory;

before(async () => {
  if (NO_MODULE) {
    return;
  }
  folder = mkdtempSync(join(tmpdir(), 'detick-parity-'));
  const { default: init } = await import(join(ROOT, 'extension/wasm/detick.js'));
  ({ memory } = await init({ module_or_path: readFileSync(MODULE) }));
});

after(() => {
  if (folder !== '') {
    rmSync(folder, { recursive: true });
  }
});

/**
 * @param {string[]} args
 * @param {string} [input]
 * @returns {string} what the native command line prints
 */
function detick(args, input = '') {
  return execFileSync('cargo', [...RUN_DETICK, ...args], {
    cwd: ROOT,
    input,
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'ignore'],
  }).toString();
}

/**
 * Runs a command that may end with 1, which says that a list has lines that cannot be read.
 *
 * @param {string[]} args
 * @param {string} [input]
 */
function detickWithComplaints(args, input) {
  try {
    return detick(args, input);
  } catch (error) {
    const { status, stdout } = /** @type {{status: number, stdout: Buffer}} */ (error);
    assert.equal(status, 1);
    return stdout.toString();
  }
}

/**
 * Asserts that both engines, built of `lists`, agree about every request.
 *
 * @param {string[]} lists
 * @param {Asked[]} asked
 */
async function assertAlike(lists, asked) {
  const { Engine } = await import(join(ROOT, 'extension/wasm/detick.js'));
  const { quickCheck } = await import(join(ROOT, 'extension/engine/quick-check.js'));
  detickWithComplaints(['compile', ...lists, '--out', folder]);
  const engine = Engine.restore(readFileSync(join(folder, 'engine.bin')), 'chromium');
  const quick = quickCheck(engine, memory);
  const input = asked.map((row) => JSON.stringify(row)).join('\n');
  const flags = ['--browser', 'chromium', ...lists.flatMap((list) => ['--list', list])];
  const answers = detickWithComplaints(['check', '--batch', ...flags], input)
    .trim()
    .split('\n');
  assert.equal(answers.length, asked.length);
  let stopped = 0;
  asked.forEach(({ url, sourceUrl, type, method = '' }, at) => {
    const { action, filter, list, line, surrogate, company } = JSON.parse(answers[at] ?? '');
    const verdict = engine.check(url, sourceUrl, type, method);
    assert.deepEqual(quick(url, sourceUrl, type, method), verdict, `the quick way: ${url}`);
    const native = action === 'none' ? undefined : { action, filter, list, line, surrogate };
    const here = verdict && {
      action: verdict.action,
      filter: verdict.filter,
      list: verdict.list,
      line: verdict.line,
      surrogate: verdict.surrogate,
    };
    assert.deepEqual(here, native, `${type} ${url} from ${sourceUrl}`);
    assert.equal(verdict?.company ?? null, verdict ? company : null, url);
    stopped += Number(verdict !== undefined);
  });
  engine.free();
  assert.ok(stopped > 0);
}

test('rows of the request table', { skip: NO_MODULE }, async () => {
  await assertAlike(
    [join(ROOT, 'filters/tiktok.txt')],
    JSON.parse(readFileSync(join(ROOT, 'tests/requests.json'), 'utf8')),
  );
});

test('recorded requests with EasyPrivacy', { skip: NO_MODULE || NO_CORPORA }, async () => {
  const lines = readFileSync(join(CORPORA, 'requests.jsonl'), 'utf8').trim().split('\n');
  await assertAlike(
    [join(CORPORA, 'easyprivacy.txt')],
    lines.map((line) => JSON.parse(line)),
  );
});

test('a damaged image is refused with a sentence', { skip: NO_MODULE }, async () => {
  const { Engine } = await import(join(ROOT, 'extension/wasm/detick.js'));
  detick(['compile', join(ROOT, 'filters/tiktok.txt'), '--out', folder]);
  const image = readFileSync(join(folder, 'engine.bin'));
  image[100] = (image[100] ?? 0) ^ 1;
  assert.throws(() => Engine.restore(image, 'chromium'), /the engine image is damaged/);
});

test("damage in the lists' text costs the text, not the decision", { skip: NO_MODULE }, async () => {
  const { Engine } = await import(join(ROOT, 'extension/wasm/detick.js'));
  detick(['compile', join(ROOT, 'filters/tiktok.txt'), '--out', folder]);
  const image = readFileSync(join(folder, 'engine.bin'));
  const last = image.length - 1;
  image[last] = (image[last] ?? 0) ^ 1;
  const verdict = Engine.restore(image, 'chromium').check(
    'https://analytics.tiktok.com/i18n/pixel/events.js',
    '',
    'script',
    '',
  );
  assert.deepEqual([verdict?.action, verdict?.filter, verdict?.list], ['redirect', '', '']);
});

test('links cleaned the quick way come out as by the other', { skip: NO_MODULE }, async () => {
  const { Engine } = await import(join(ROOT, 'extension/wasm/detick.js'));
  const { quickClean } = await import(join(ROOT, 'extension/engine/quick-clean.js'));
  const lists = ['links', 'share', 'referral'].map((name) => join(ROOT, `filters/${name}.txt`));
  detickWithComplaints(['compile', ...lists, '--out', folder]);
  const engine = Engine.restore(readFileSync(join(folder, 'engine.bin')), 'chromium');
  const quick = quickClean(engine, memory);
  const rows = JSON.parse(readFileSync(join(ROOT, 'tests/links.json'), 'utf8'));
  const odd = [
    '',
    'no link',
    'https://a.example/?utm_source=\u00e4&q=\u{1f600}',
    `https://a.example/?gclid=1&x=${'y'.repeat(40_000)}`,
  ];
  const links = [...rows.map((/** @type {{link: string}} */ { link }) => link), ...odd];
  let changed = 0;
  for (const tier of ['navigation', 'share']) {
    for (const referral of [false, true]) {
      for (const link of links) {
        const options = { tier, referral, keep: [] };
        assert.deepEqual(quick(link, options), engine.clean(link, options), link);
        changed += Number(quick(link, options).url !== link);
      }
    }
  }
  const kept = { tier: 'share', referral: false, keep: [{ host: 'a.example', name: 'utm_source' }] };
  assert.equal(quick('https://a.example/?utm_source=x', kept).url, 'https://a.example/?utm_source=x');
  assert.ok(changed > 100);
});
