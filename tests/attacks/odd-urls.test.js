// The engine that ships, with the lists that ship, on odd addresses: what cleaning promises holds for all of them.
//
// DETICK_ODD_URLS says how many are tried for each of two seeds; `npm run test:attacks` tries 200,000.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadEngine } from '../../harness/engine.js';
import { isPrivate, oddUrls } from './odd-urls.js';

const COUNT = Number(process.env.DETICK_ODD_URLS ?? 5_000);
const SEEDS = [1, 2026];
const TIERS = /** @type {const} */ (['navigation', 'share']);

const engine = await loadEngine();

/** @param {string} url @param {'navigation' | 'share'} tier */
const clean = (url, tier) => engine.clean(url, { tier, referral: true, keep: [] });

/** What may not differ where nothing was unwrapped. @param {URL} url */
const parts = ({ protocol, username, password, host, pathname }) => [protocol, username, password, host, pathname];

/** @param {string} small @param {string} large @returns {boolean} whether it is what is left after deleting */
function isLeftOf(small, large) {
  let at = 0;
  for (const unit of large) if (small.startsWith(unit, at)) at += unit.length;
  return at === small.length;
}

for (const seed of SEEDS) {
  test(`${COUNT} odd addresses keep their scheme, user, host and path, and are clean after one cleaning (seed ${seed})`, () => {
    const seen = { changed: 0, unwrapped: 0 };
    for (const url of oddUrls(seed, COUNT)) {
      for (const tier of TIERS) {
        const cleaned = clean(url, tier);
        const said = `${tier}: ${url} -> ${cleaned.url}`;
        assert.equal(clean(cleaned.url, tier).url, cleaned.url, `twice is not once, ${said}`);
        if (cleaned.unwrapped.length > 0) {
          seen.unwrapped += 1;
          const target = URL.canParse(cleaned.url) ? new URL(cleaned.url) : undefined;
          assert.match(target?.protocol ?? '', /^https?:$/, said);
          assert.equal(isPrivate(target?.hostname ?? ''), false, `led into a private network, ${said}`);
        } else if (cleaned.removed.length > 0) {
          seen.changed += 1;
          assert.deepEqual(parts(new URL(cleaned.url)), parts(new URL(url)), said);
          assert.ok(isLeftOf(cleaned.url, url), `not only deleted, ${said}`);
        } else {
          assert.equal(cleaned.url, url.trim(), said);
        }
      }
    }
    // Or the addresses would be too odd to tell anything.
    assert.ok(seen.changed > COUNT / 10 && seen.unwrapped > COUNT / 20, JSON.stringify(seen));
  });
}
