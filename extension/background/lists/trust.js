/**
 * Which lists the person trusts, and which own lines are theirs: what our own pages said when it was chosen. What
 * stands in storage counts as far as it agrees, as in Firefox a broken page may write there.
 *
 * @import { Messages, Subscription, Trust } from '../../types.js'
 */

import { makeQueue } from '../../shared/queue.js';
import { isRecord, isText, listOf } from '../../shared/shapes.js';
import { hashOf, trustedIn } from '../../shared/trust.js';
import * as store from '../../stored/list-files.js';
import * as ownLines from '../../stored/own-lines.js';
import * as settings from '../../stored/settings.js';

/** Each sees what the one before it wrote. */
const queued = makeQueue();

/** Writes the record if there is none yet: what stands in storage then counts. @returns {Promise<Trust>} */
export function begin() {
  return queued(record);
}

/** @returns {Promise<Trust>} */
async function record() {
  const stored = await store.trust();
  if (isTrust(stored)) return stored;
  const [chosen, text] = await Promise.all([settings.own(), ownLines.own()]);
  const first = { lists: trustedIn(chosen), ownLines: [await hashOfText(text)] };
  await store.setTrust(first);
  return first;
}

/** @param {unknown} value @returns {value is Trust} */
function isTrust(value) {
  return isRecord(value) && listOf(isText)(value.lists) && listOf(isText)(value.ownLines);
}

/**
 * A page of ours says what the person has just chosen.
 *
 * @param {Messages['vouch'][0]} said
 * @returns {Promise<undefined>} once it is on the disk
 */
export function vouch({ trusted, untrusted, ownLines: hash }) {
  return queued(async () => {
    const { lists, ownLines: hashes } = await record();
    const others = lists.filter((url) => !trusted.includes(url) && !untrusted.includes(url));
    // Until the page has stored the new lines, those of before stay in force.
    const next = hash === undefined ? hashes : [...new Set([hash, ...hashes])].slice(0, 2);
    await store.setTrust({ lists: [...others, ...trusted], ownLines: next });
    return undefined;
  });
}

/**
 * Lists and own lines as far as a page of ours has vouched for them, or an organisation has set them.
 *
 * @param {Subscription[]} lists as stored
 * @param {string} own lines, as stored
 * @returns {Promise<{lists: Subscription[], own: string}>} lists without a trust that nobody gave; own lines, or none
 */
export async function vouchedFor(lists, own) {
  const [hash, managed] = await Promise.all([hashOfText(own), settings.managedNames()]);
  const areOwnSet = managed.includes('ownLines');
  const known = await queued(async () => (areOwnSet ? record() : settled(await record(), hash)));
  const isVouched = (/** @type {string} */ url) => managed.includes('lists') || known.lists.includes(url);
  return {
    lists: lists.map((list) => ({ ...list, trusted: list.trusted && isVouched(list.url) })),
    own: areOwnSet || known.ownLines.includes(hash) ? own : '',
  };
}

/** The newest lines are stored, so those of before need no place any more. @param {Trust} trust @param {string} hash */
async function settled(trust, hash) {
  if (trust.ownLines.length < 2 || trust.ownLines[0] !== hash) return trust;
  const next = { ...trust, ownLines: [hash] };
  await store.setTrust(next);
  return next;
}

/** @param {string} text */
const hashOfText = (text) => hashOf(new TextEncoder().encode(text));
