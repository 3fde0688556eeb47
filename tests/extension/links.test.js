import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset } from './fake-browser.js';
import { fakeEngine } from './fake-engine.js';

const links = await import('../../extension/engine/links.js');
const omnibox = await import('../../extension/background/links/omnibox.js');
const settings = await import('../../extension/stored/settings.js');
const { isShortLink } = await import('../../extension/shared/short-links.js');

beforeEach(reset);

test('a site that is left alone keeps its links, and those below it', () => {
  const chosen = settings.withLinksOff(settings.DEFAULTS, 'shop.example');
  const cleaned = (/** @type {string} */ url) => links.cleanWith(fakeEngine, chosen, url, 'share').url;
  assert.equal(cleaned('https://www.shop.example/?ttclid=1'), 'https://www.shop.example/?ttclid=1');
  assert.equal(cleaned('https://news.example/?ttclid=1'), 'https://news.example/');
  assert.equal(settings.withLinksOn(chosen, 'www.shop.example').linksOff.length, 0);
});

test('copying takes out more than opening, unless the user wants it otherwise', () => {
  assert.equal(links.sharingTier(settings.DEFAULTS), 'share');
  assert.equal(links.sharingTier({ ...settings.DEFAULTS, cleanMore: false }), 'navigation');
});

test('a kept parameter reaches the engine', () => {
  const chosen = settings.withKept(settings.DEFAULTS, { host: 'shop.example', name: 'ttclid' });
  const url = 'https://shop.example/?ttclid=1';
  assert.equal(links.cleanWith(fakeEngine, chosen, url, 'share').url, url);
});

test('a text is put together around its links', () => {
  const text = 'See https://a.example/x, and (https://b.example/y).';
  const parts = [
    { url: 'A', start: 4, end: 23 },
    { url: 'B', start: 30, end: 49 },
  ];
  assert.equal(links.assemble(text, parts), 'See A, and (B).');
  assert.equal(links.assemble(text, []), text);
});

test('only a lone link is one', () => {
  for (const text of ['https://a.example/', 'HTTP://a.example/?x=1#y']) assert.ok(links.isLoneLink(text));
  const others = [
    '',
    ' https://a.example/',
    'https://a.example/ b',
    'ftp://a.example/',
    'javascript:alert(1)',
    7,
    undefined,
  ];
  for (const text of [...others, `https://a.example/${'x'.repeat(70_000)}`]) assert.ok(!links.isLoneLink(text));
});

test('what is typed behind the keyword is a link with or without its scheme', () => {
  assert.equal(omnibox.linkIn(' https://a.example/x '), 'https://a.example/x');
  assert.equal(omnibox.linkIn('vm.tiktok.com/ZM1'), 'https://vm.tiktok.com/ZM1');
  for (const typed of ['', 'cats', 'two words', 'javascript:alert(1)', 'user@a.example'])
    assert.equal(omnibox.linkIn(typed), '');
});

test('short links are those of which the path is the tracker', () => {
  for (const url of [
    'https://vm.tiktok.com/ZM1/',
    'https://vt.tiktok.com/ZS1',
    'https://www.tiktok.com/t/ZT1/',
    'http://lite.tiktok.com/t/1',
  ]) {
    assert.ok(isShortLink(url), url);
  }
  for (const url of [
    'https://www.tiktok.com/@a/video/1',
    'https://www.tiktok.com/tag/t',
    'https://vm.tiktok.com.evil.example/x',
    'https://nottiktok.com/t/1',
    'https://vm.tiktok.com/',
  ]) {
    assert.ok(!isShortLink(url), url);
  }
});
