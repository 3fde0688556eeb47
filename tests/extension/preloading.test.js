// The setting by which the browser loads nothing ahead, and the permission that it takes.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const browser = { mayAsk: true, granted: false, level: 'controllable_by_this_extension', value: true, isTaken: false };

const setting = {
  get: async () => ({ value: browser.value, levelOfControl: browser.level }),
  set: async (/** @type {{ value: boolean }} */ { value }) => {
    if (browser.isTaken) return;
    Object.assign(browser, { value, level: 'controlled_by_this_extension' });
  },
  clear: async () => Object.assign(browser, { value: true, level: 'controllable_by_this_extension' }),
};

/** Only what the permission gives. */
const privacy = () => {
  if (!browser.granted) throw new Error('no permission');
  return { network: { networkPredictionEnabled: setting } };
};

const permissions = {
  contains: async () => browser.granted,
  request: async () => {
    browser.granted ||= browser.mayAsk;
    return browser.granted;
  },
  remove: async () => {
    browser.granted = false;
    return true;
  },
};

Object.assign(globalThis, {
  chrome: {
    runtime: { getURL: () => 'chrome-extension://detick/' },
    permissions,
    get privacy() {
      return privacy();
    },
  },
});
const ahead = await import('../../extension/shared/preloading.js');

beforeEach(() => {
  Object.assign(browser, {
    mayAsk: true,
    granted: false,
    level: 'controllable_by_this_extension',
    value: true,
    isTaken: false,
  });
});

test('what is loaded ahead is the browser’s own matter until somebody switches it off', async () => {
  assert.equal(await ahead.isOff(), false);
  assert.equal(await ahead.switchOff(), 'off');
  assert.deepEqual([await ahead.isOff(), browser.value, browser.granted], [true, false, true]);
});

test('switched on again, the browser has its setting back and Detick no permission', async () => {
  await ahead.switchOff();
  await ahead.giveBack();
  assert.deepEqual([await ahead.isOff(), browser.value, browser.granted], [false, true, false]);
});

test('who says no to the permission changes nothing', async () => {
  browser.mayAsk = false;
  assert.equal(await ahead.switchOff(), 'refused');
  assert.deepEqual([browser.value, browser.granted], [true, false]);
});

test('where somebody else decides, the permission is given back at once', async () => {
  browser.isTaken = true;
  assert.equal(await ahead.switchOff(), 'taken');
  assert.deepEqual([await ahead.isOff(), browser.granted], [false, false]);
});
