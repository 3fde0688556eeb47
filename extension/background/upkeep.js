/**
 * Looks after what is stored: settings that were damaged while the browser was closed are mended before they are
 * needed.
 */

import { api } from '../shared/browser.js';
import * as settings from '../stored/settings.js';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  api.runtime.onInstalled.addListener(mend);
  api.runtime.onStartup.addListener(mend);
}

async function mend() {
  try {
    await settings.mend();
  } catch (error) {
    console.error('Detick: damaged settings could not be written anew; what is sound in them holds.', error);
  }
}
