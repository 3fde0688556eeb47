// Every known way for a page to have the browser ask a tracker, without Detick and with it: the hosts' log tells what arrives.
//
// Each is aimed at a host that is no tracker too: what does not arrive there was not played, and proves nothing.

import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { respond } from '../attacks/attacker.js';
import { ARRIVING, UNSENT } from '../attacks/known.js';
import { arrivedAt, playAll } from '../attacks/play.js';
import { VECTORS } from '../attacks/vectors.js';
import { BROWSER, openSession } from '../session.js';

/** It takes minutes. */
const skip = process.env.DETICK_ATTACKS ? false : 'npm run test:attacks plays them';
const unsent = UNSENT[BROWSER];
const arriving = ARRIVING[BROWSER];
const sent = [...VECTORS.keys()].filter((name) => !(name in unsent));
const works = (/** @type {string} */ name) => sent.includes(name);

describe(`${BROWSER}: attacks without Detick`, { skip }, () => {
  const session = openSession('without Detick', respond, { route: 'names' });
  /** @type {Set<string>} */
  let arrived;
  before(async () => {
    await playAll(session, ['tracker'], works);
    arrived = arrivedAt(session, 'tracker');
  });

  for (const name of sent) {
    it(`${name} reaches the tracker`, () => assert.ok(arrived.has(name)));
  }
  for (const [name, why] of Object.entries(unsent)) {
    it(`${name} does nothing in this browser: ${why}`, () => assert.ok(!arrived.has(name)));
  }
});

describe(`${BROWSER}: attacks with Detick`, { skip }, () => {
  const session = openSession('with Detick', respond, { route: 'names' });
  /** @type {Set<string>} */
  let arrived;
  /** @type {Set<string>} */
  let played;
  before(async () => {
    await playAll(session, ['tracker', 'control'], works);
    arrived = arrivedAt(session, 'tracker');
    played = arrivedAt(session, 'control');
  });

  for (const name of sent.filter((each) => !(each in arriving))) {
    it(`${name} does not reach the tracker`, () => {
      assert.ok(played.has(name), 'it was not played');
      assert.ok(!arrived.has(name), 'it arrived');
    });
  }
  for (const [name, why] of Object.entries(arriving)) {
    it(`${name} reaches it all the same: ${why}`, () =>
      assert.ok(arrived.has(name), 'it no longer does: known.js says so'));
  }
});

describe(`${BROWSER}: what is known of attacks`, () => {
  it('is of attacks that there are', () => {
    assert.deepEqual(
      [...Object.keys(unsent), ...Object.keys(arriving)].filter((name) => !VECTORS.has(name)),
      [],
    );
  });
});
