/**
 * What went wrong where nobody was looking: kept until it is mended or the browser closes, and told in every page of ours.
 * This module is the one writer of storage.session `faults`.
 */

import { api } from '../shared/browser.js';

/** @typedef {'faultNotSaved' | 'faultMended' | 'faultNewer' | 'faultRules' | 'faultKept'} Fault also the key of its words */

const KEY = 'faults';

/** @returns {Promise<Fault[]>} */
export async function faults() {
  const { [KEY]: stored } = await api.storage.session.get(KEY);
  return Array.isArray(stored) ? stored : [];
}

/** @param {Fault} fault */
export async function tell(fault) {
  const told = await faults();
  if (!told.includes(fault)) await api.storage.session.set({ [KEY]: [...told, fault] });
}

/** @param {Fault} fault It is no more. */
export async function untell(fault) {
  const told = await faults();
  if (told.includes(fault)) await api.storage.session.set({ [KEY]: told.filter((one) => one !== fault) });
}

/** Calls `react` when something goes wrong or is mended. @param {() => unknown} react */
export function onFaults(react) {
  api.storage.session.onChanged.addListener((changes) => {
    if (changes[KEY]) react();
  });
}
