/**
 * What went wrong where nobody was looking: kept until it is mended or the browser closes, and told in every page of
 * ours. This module is the one writer of storage.session `faults`.
 */

import * as keys from './keys.js';

/**
 * @typedef {'faultNotSaved' | 'faultMended' | 'faultNewer' | 'faultRules' | 'faultKept'} Fault also the key of its
 *   words
 */

/** @returns {Promise<Fault[]>} */
export async function faults() {
  return /** @type {Fault[]} */ ((await keys.get('faults')) ?? []);
}

/** @param {Fault} fault */
export async function tell(fault) {
  await keys.change('faults', (told = []) => (told.includes(fault) ? told : [...told, fault]));
}

/** @param {Fault} fault It is no more. */
export async function untell(fault) {
  await keys.change('faults', (told) => (told?.includes(fault) ? told.filter((one) => one !== fault) : told));
}

/** Calls `react` when something goes wrong or is mended. @param {() => unknown} react */
export function onFaults(react) {
  keys.onChange('faults', react);
}
