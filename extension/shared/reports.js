/** Where reports about broken pages are taken. */

import { api } from './browser.js';

/**
 * The form for a report: below the home page that the manifest names.
 *
 * @returns {string} the form's address; empty while the manifest names no home page
 */
export function reportForm() {
  const home = api.runtime.getManifest().homepage_url ?? '';
  return home === '' ? '' : `${home.replace(/\/$/, '')}/issues/new`;
}
