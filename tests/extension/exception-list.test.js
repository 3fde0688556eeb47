import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset } from './fake-browser.js';

const { exceptionsOf, inOrder } = await import('../../extension/options/exception-list.js');
const { partsOf } = await import('../../extension/options/line-parts.js');
const ownLines = await import('../../extension/stored/own-lines.js');
const settings = await import('../../extension/stored/settings.js');

const LINES = '! mine\n@@||a.example^$domain=shop.example\n\n  @@||b.example^  \n||c.example^';

beforeEach(reset);

test('every kind of exception is listed with its site, and pauses that are over are not', () => {
  const chosen = {
    ...settings.DEFAULTS,
    paused: [
      { host: 'paused.example', until: 0 },
      { host: 'over.example', until: 5 },
    ],
    linksOff: ['links.example'],
    embedSites: ['videos.example'],
    keep: [{ host: 'kept.example', name: 'utm_source' }],
    level: /** @type {const} */ ('lockout'),
  };
  const listed = inOrder(exceptionsOf(chosen, LINES, 20, 10)).map(({ key, site }) => [key, site]);
  assert.deepEqual(
    listed
      .slice(0, 2)
      .map(([key]) => key)
      .sort(),
    ['lifted', 'line @@||b.example^'],
  );
  assert.deepEqual(listed.slice(2), [
    ['keep utm_source kept.example', 'kept.example'],
    ['links links.example', 'links.example'],
    ['pause paused.example', 'paused.example'],
    ['line @@||a.example^$domain=shop.example', 'shop.example'],
    ['embeds videos.example', 'videos.example'],
  ]);
});

test('a line that is taken back and given again stands where it stood, to the byte', async () => {
  await ownLines.save(LINES);
  const change = async () => undefined;
  const [allowed] = exceptionsOf(settings.DEFAULTS, LINES, 0, 10);
  await allowed?.remove(change);
  assert.equal(await ownLines.load(), '! mine\n\n  @@||b.example^  \n||c.example^');
  await allowed?.restore(change);
  assert.equal(await ownLines.load(), LINES);
});

test('a line that is given again after others were written costs none of those', async () => {
  await ownLines.save(LINES);
  const change = async () => undefined;
  const [allowed] = exceptionsOf(settings.DEFAULTS, LINES, 0, 10);
  await allowed?.remove(change);
  await ownLines.save('||new.example^\n');
  await allowed?.restore(change);
  assert.equal(await ownLines.load(), '||new.example^\n@@||a.example^$domain=shop.example\n');
});

for (const [line, expected] of /** @type {[string, string[]][]} */ ([
  ['', []],
  ['! note', ['comment ! note']],
  ['# hosts', ['comment # hosts']],
  ['[Adblock Plus 2.0]', ['comment [Adblock Plus 2.0]']],
  ['||a.example^', []],
  ['  @@||a.example^$script,domain=b.example', ['allows @@', 'options $script,domain=b.example']],
  ['||a.example/$/b', []],
  ['||a.example^$~script', ['options $~script']],
  ['a.example##.ad', ['dead a.example##.ad']],
  ['a.example#@#.ad', ['dead a.example#@#.ad']],
  ['a.example#?#.ad', ['dead a.example#?#.ad']],
  ['||a.example/#anchor', []],
])) {
  test(`a line is coloured by its parts: ${line}`, () => {
    const parts = partsOf(line);
    assert.deepEqual(
      parts.map(({ kind, start, end }) => `${kind} ${line.slice(start, end)}`),
      expected,
    );
  });
}
