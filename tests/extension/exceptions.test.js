import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowedOn, isLineOf, lineFor, withLine, withoutLine } from '../../extension/shared/exceptions.js';

const SITE = 'shop.example';

test('the narrowest line is for one request on one site; a path that would mean something else gives way to its host', () => {
  const host = 'analytics.tiktok.com';
  assert.equal(lineFor(SITE, host), '@@||analytics.tiktok.com^$domain=shop.example');
  assert.equal(lineFor(SITE, host, '/api/v2/pixel'), '@@||analytics.tiktok.com/api/v2/pixel$domain=shop.example');
  for (const path of ['/', '/a*b', '/a^b', '/a$b', '/a|b', '/a,b', '/a b'])
    assert.equal(lineFor(SITE, host, path), lineFor(SITE, host));
});

test('a line is added once, found on its site alone, and taken back without touching another', () => {
  const others = '! mine\n||ads.example^\n@@||a.example^$domain=other.example';
  const line = lineFor(SITE, 'a.example');
  const lines = withLine(withLine(others, line), line);
  assert.equal(lines, `${others}\n${line}\n`);
  assert.deepEqual(allowedOn(lines, SITE), [{ line, what: 'a.example' }]);
  assert.equal(withoutLine(lines, line), `${others}\n`);
});

test('wider lines are not taken for such', () => {
  for (const line of [
    '@@||a.example^',
    '@@||a.example^$domain=shop.example|b.example',
    '||a.example^$domain=shop.example',
  ])
    assert.equal(isLineOf(line, SITE), false, line);
});
