// The compiler as browsers run it: the same rules and engine data as the native one makes, and clear answers.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { before } from 'node:test';
import { lineAt } from '../../extension/shared/line-at.js';
import { RUN_DETICK } from '../../harness/native.js';

const ROOT = join(import.meta.dirname, '../..');
const CORPORA = join(process.env.DETICK_SHARED ?? join(ROOT, '../shared'), 'corpora');
const MODULES = ['detick', 'compiler'].map((name) => join(ROOT, `extension/wasm/${name}_bg.wasm`));
const NO_MODULE = MODULES.every((file) => existsSync(file))
  ? false
  : 'the engine is not built: run `cargo xtask build`';
const NO_CORPORA = existsSync(CORPORA) ? false : 'there is no corpora folder';

const BUDGET = { rules: 29_000, unsafe: 4_000, regex: 600 };

/** @type {typeof import('../../extension/wasm/compiler.js')} */
let wasm;
/** @type {typeof import('../../extension/wasm/detick.js')} */
let engineWasm;
/** @type {Uint8Array} */
let shipped;

before(async () => {
  if (NO_MODULE) return;
  wasm = await import(join(ROOT, 'extension/wasm/compiler.js'));
  engineWasm = await import(join(ROOT, 'extension/wasm/detick.js'));
  const [ofEngine, ofCompiler] = MODULES.map((file) => readFileSync(file));
  await Promise.all([engineWasm.default({ module_or_path: ofEngine }), wasm.default({ module_or_path: ofCompiler })]);
  shipped = readFileSync(join(ROOT, 'extension/rules/engine.bin'));
});

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text);

/**
 * @param {[name: string, text: Uint8Array, standing?: {trusted: boolean, own: boolean}][]} lists
 * @param {'chromium' | 'firefox'} [browser]
 */
function compile(lists, browser = 'chromium') {
  const compiler = new wasm.Compiler(shipped, browser);
  for (const [name, text, standing = { trusted: false, own: false }] of lists) {
    compiler.add(name, text, standing);
  }
  const compilation = compiler.compile(BUDGET);
  const made = { image: compilation.image(), rules: JSON.parse(compilation.rules()), report: compilation.report() };
  compilation.free();
  return made;
}

test('an added list decides beside those that ship, own lines above all', { skip: NO_MODULE }, () => {
  const { image, rules, report } = compile([
    ['web.txt', bytes('||ads.example^\n||both.example^\n')],
    ['mine', bytes('@@||both.example^\n'), { trusted: true, own: true }],
  ]);
  const engine = engineWasm.Engine.restore(image, 'chromium');
  /** @param {string} url */
  const verdict = (url) => engine.check(url, 'https://shop.example/', 'script', 'GET');
  assert.deepEqual(verdict('https://ads.example/x.js'), {
    action: 'block',
    filter: '',
    list: 'web.txt',
    line: 1,
  });
  assert.equal(verdict('https://both.example/x.js')?.action, 'allow');
  assert.equal(verdict('https://both.example/x.js')?.list, 'mine');
  assert.equal(verdict('https://analytics.tiktok.com/x.js')?.action, 'block');
  engine.free();
  assert.deepEqual(Object.keys(rules), ['block', 'surrogates', 'links', 'headers', 'unwrap']);
  assert.deepEqual(rules.block.map((/** @type {{priority: number}} */ rule) => rule.priority).sort(), [10, 1030]);
  assert.equal(report.lists[0]?.converted, 2);
});

test('a line of a fetched list is read of its file as the compiler would quote it', { skip: NO_MODULE }, () => {
  const odd =
    '\ufeff! Title: odd\r\n||a0.example^\r\r\n \u00a0||a1.example^ \t\u0085\n\n||a2.example^ # ü\r||a3.example^\ufeff\n0.0.0.0 a4.example';
  const [file, broken] = [bytes(odd), bytes('||a5.example^\n\u00fc\n||a6.example^')];
  broken[14] = 0xff;
  for (const [text, hosts] of /** @type {const} */ ([
    [file, ['a0', 'a1', 'a2', 'a3', 'a4']],
    [broken, ['a5', 'a6']],
  ])) {
    const [own, fetched] = [true, false].map((own) =>
      engineWasm.Engine.restore(compile([['odd', text, { trusted: true, own }]]).image, 'chromium'),
    );
    let told = 0;
    for (const host of hosts) {
      const [quoted, numbered] = [own, fetched].map((engine) =>
        engine?.check(`https://${host}.example/x.js`, 'https://shop.example/', 'script', 'GET'),
      );
      assert.equal(numbered?.filter ?? '', '', host);
      assert.equal(numbered?.line, quoted?.line, host);
      if (!quoted) continue;
      told += 1;
      assert.equal(lineAt(text, quoted.line), quoted.filter, host);
    }
    assert.ok(told >= 2, `${told}`);
    own?.free();
    fetched?.free();
  }
});

/** @type {{ line: string, asks: [type: string, url: string, page: string, verdict: string][] }[]} */
const LINES = JSON.parse(readFileSync(join(ROOT, 'tests/lines.json'), 'utf8'));

// Names beyond ASCII are read by the browser's own parser here, which takes more than a name.
test('lines mean here what they mean natively', { skip: NO_MODULE }, () => {
  for (const { line, asks } of LINES) {
    const { image } = compile([['mine', bytes(`${line}\n`), { trusted: true, own: true }]]);
    const engine = engineWasm.Engine.restore(image, 'chromium');
    for (const [type, url, page, verdict] of asks)
      assert.equal(engine.check(url, page, type, 'GET')?.action ?? 'none', verdict, `${line}: ${type} ${url}`);
    engine.free();
  }
});

test('a list says what it is and includes', { skip: NO_MODULE }, () => {
  const compiler = new wasm.Compiler(shipped, 'firefox');
  const text = bytes('! Title: Some list\n! Expires: 2 days\n!#if env_firefox\n!#include more.txt\n!#endif\n');
  assert.deepEqual(compiler.add('a.txt', text, { trusted: false, own: false }), {
    title: 'Some list',
    expiresHours: 48,
    filters: 0,
    includes: [{ line: 4, file: 'more.txt' }],
  });
  assert.throws(
    () => compiler.add('a.txt', text, { trusted: false, own: false }),
    /there is a list named `a.txt` already/,
  );
  compiler.free();
  assert.throws(() => new wasm.Compiler(shipped.subarray(1), 'firefox'), /not an engine image/);
});

test('complaints while writing', { skip: NO_MODULE }, () => {
  const told = wasm.checkLines('! fine\n||a.example^$scirpt\n||b.example^\n||c.example^$popup\n', 'chromium');
  assert.deepEqual(
    told.map(({ line, column, kind }) => [line, column, kind]),
    [
      [2, 14, 'unread'],
      [4, 1, 'beyond'],
    ],
  );
  assert.equal(told[0]?.why, 'unknown option `scirpt`');
  assert.deepEqual([told[0]?.code, told[0]?.named], ['unknown-option', ['scirpt']]);
  assert.deepEqual([told[1]?.code, told[1]?.named], ['beyond-popup', []]);
  const codes = wasm
    .checkLines(
      '||a.example^$script,redirect=x,removeparam=y\n||a.example^$script,script\nshop.example##.ad\n',
      'chromium',
    )
    .map(({ code, named }) => [code, named]);
  assert.deepEqual(codes, [
    ['two-actions', ['removeparam', 'redirect']],
    ['repeated-option', ['script']],
    ['idle', []],
  ]);
  const others = wasm
    .checkLines('||a.example^\n||a.example^\n||a.example/x\n!#wat\n!+ WAT\n', 'chromium')
    .map(({ line, code, named }) => [line, code, named]);
  assert.deepEqual(others, [
    [2, 'duplicate', ['1']],
    [3, 'shadowed', ['1']],
    [4, 'unknown-directive', ['wat']],
    [5, 'unknown-hint', ['WAT']],
  ]);
});

test('lines that rules cannot say are told with their reason', { skip: NO_MODULE }, () => {
  const lines = '||a.example^$popup\n||b.example^$domain=/x/\n||c.example^$popup\n';
  const { report } = compile([['a.txt', bytes(lines), { trusted: false, own: false }]]);
  const told = report.lists[0]?.refusals.map(({ code, named, count }) => [code, named, count]);
  assert.deepEqual(told, [
    ['beyond-popup', [], 2],
    ['beyond-domain-regex', ['x'], 1],
  ]);
});

test('bodies that are no lists', { skip: NO_MODULE }, () => {
  assert.equal(wasm.sniff(bytes('||ads.example^')), undefined);
  for (const [body, code] of /** @type {const} */ ([
    ['', 'empty'],
    [' \n\n', 'empty'],
    ['<!DOCTYPE html><p>404', 'html'],
    ['<html>', 'html'],
    ['PK\u0003\u0004\u0000\u0000', 'binary'],
    ['! nothing but a comment\n##.ad\n', 'no-filters'],
  ])) {
    assert.equal(wasm.sniff(bytes(body))?.code, code, body);
  }
  assert.equal(wasm.sniff(new Uint8Array(engineWasm.maxListBytes() + 1).fill(97))?.code, 'too-large');
});

test('EasyPrivacy becomes the same rules here and natively', { skip: NO_MODULE || NO_CORPORA }, () => {
  const list = join(CORPORA, 'easyprivacy.txt');
  const folder = mkdtempSync(join(tmpdir(), 'detick-compile-'));
  const command = [...RUN_DETICK, 'compile', list];
  try {
    execFileSync('cargo', [...command, '--browser', 'chromium', '--out', folder], { cwd: ROOT, stdio: 'ignore' });
  } catch (error) {
    assert.equal(/** @type {{status: number}} */ (error).status, 1, 'some lines may be unreadable');
  }
  const { rules, report } = compile([['easyprivacy.txt', readFileSync(list), { trusted: true, own: false }]]);
  for (const set of ['block', 'surrogates', 'links', 'headers', 'unwrap']) {
    const native = readFileSync(join(folder, `${set}.json`), 'utf8');
    // Chromium takes those of both sets together.
    const data = set === 'surrogates' ? JSON.parse(readFileSync(join(folder, 'data-surrogates.json'), 'utf8')) : [];
    assert.deepEqual(rules[set], [...JSON.parse(native), ...data], set);
  }
  rmSync(folder, { recursive: true });
  const [easy] = report.lists;
  assert.ok(easy);
  const { lines, comments, cosmetic, unread, unprivileged, cancelled, converted, refused, left } = easy;
  assert.equal(comments + cosmetic + unread + unprivileged + cancelled + converted + refused + left, lines);
  assert.ok(refused + unread <= 10, `${refused} refused, ${unread} unread`);
});
