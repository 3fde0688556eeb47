import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { events, reset } from './fake-browser.js';

const { comesBack, watch } = await import('../../extension/background/requests/breaker.js');

const CLEAN = 'https://shop.example/p?id=1';

let tab = 100;

watch();
beforeEach(() => {
  reset();
  tab += 1;
});

/** @param {string} url */
const arrive = (url) => events.onCommitted.fire({ tabId: tab, frameId: 0, url });

test('what was cleaned and comes back in the same chain is let pass', () => {
  assert.equal(comesBack(tab, CLEAN, '1 /p', 0), 'no');
  assert.equal(comesBack(tab, CLEAN, '1 /p', 1), 'always');
  assert.equal(comesBack(tab, CLEAN, '2 /p', 2), 'in this tab');
});

test('a chain that goes on with other parameters is one all the same', () => {
  assert.equal(comesBack(tab, `${CLEAN}&a=1`, '1 /p', 0), 'no');
  assert.equal(comesBack(tab, `${CLEAN}&a=2`, '1 /p', 1), 'always');
});

test('an address that is opened twice is cleaned twice; the third time in ten seconds it is let pass', () => {
  assert.equal(comesBack(tab, CLEAN, '1', 0), 'no');
  assert.equal(comesBack(tab, CLEAN, '2', 4_000), 'no');
  assert.equal(comesBack(tab, CLEAN, '3', 8_000), 'in this tab');
});

test('an address that is opened now and then is always cleaned', () => {
  for (let index = 0; index < 10; index += 1) assert.equal(comesBack(tab, CLEAN, `${index}`, index * 11_000), 'no');
});

test('another tab is another matter', () => {
  comesBack(tab, CLEAN, '1', 0);
  comesBack(tab, CLEAN, '1', 1);
  assert.equal(comesBack(tab + 1000, CLEAN, '2', 2), 'no');
});

test('what insists is left alone while its page lives, and cleaned again once the tab has been elsewhere', () => {
  comesBack(tab, CLEAN, '1', 0);
  comesBack(tab, CLEAN, '1', 1);
  arrive('https://shop.example/p?id=1&utm_source=a');
  assert.equal(comesBack(tab, CLEAN, '2', 60_000), 'in this tab');
  arrive('https://news.example/');
  assert.equal(comesBack(tab, CLEAN, '3', 61_000), 'no');
});

test('a page that has arrived ends its chain', () => {
  comesBack(tab, CLEAN, '1', 0);
  arrive(CLEAN);
  assert.equal(comesBack(tab, CLEAN, '1', 20_000), 'no');
});

test('frames, pages prepared in secret and our own pages end nothing', () => {
  comesBack(tab, CLEAN, '1', 0);
  events.onCommitted.fire({ tabId: tab, frameId: 3, url: 'https://news.example/' });
  events.onCommitted.fire({ tabId: tab, frameId: 0, url: 'https://news.example/', documentLifecycle: 'prerender' });
  arrive('chrome-extension://detick/unwrap.html#x');
  assert.equal(comesBack(tab, CLEAN, '1', 1), 'always');
});

test('a tab that is closed is forgotten', () => {
  comesBack(tab, CLEAN, '1', 0);
  events.onRemoved.fire(tab);
  assert.equal(comesBack(tab, CLEAN, '1', 1), 'no');
});
