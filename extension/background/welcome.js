/**
 * What a person is told once: after installing, a page; after an update, a quiet link to what is new, and never a page.
 * storage.local `news` is the version that nobody has read about yet; the settings page removes it.
 */

import { api } from '../shared/browser.js';
import * as keys from '../stored/keys.js';
import { managedNames } from '../stored/settings.js';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.runtime.onInstalled.addListener(greet);
}

/** @param {Pick<chrome.runtime.InstalledDetails, 'reason' | 'previousVersion'>} details */
export async function greet({ reason, previousVersion }) {
  const { version } = api.runtime.getManifest();
  if (reason === 'install' && (await isChosen())) {
    await api.tabs.create({ url: api.runtime.getURL('welcome/page.html') });
  } else if (reason === 'update' && previousVersion !== version) {
    await keys.put('news', version);
  }
}

/**
 * Whether a person has installed Detick: not their organisation, and not a developer who loads it from a folder. A
 * browser that cannot say how is taken for a person's.
 */
async function isChosen() {
  const [self, managed] = await Promise.all([api.management?.getSelf(), managedNames()]);
  return (self === undefined || self.installType === 'normal') && managed.length === 0;
}
