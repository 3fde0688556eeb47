/** What is wrong with a line, in the person's language. */

import { api } from './browser.js';
import { isolated, language } from './text.js';

/** @import { LineComplaint } from '../wasm/compiler.js' */

/**
 * The engine's own sentence is English, and says most; where there is one in the person's language, that is better.
 * What an older version stored of a list has no code.
 *
 * @param {Pick<LineComplaint, 'why'> & Partial<Pick<LineComplaint, 'code' | 'named'>>} complaint
 * @returns {string}
 */
export function complaintWords({ code, named = [], why }) {
  if (code === undefined || /^en\b/.test(language())) return why;
  return api.i18n.getMessage(`wrong_${code.replaceAll('-', '_')}`, named.map(isolated)) || why;
}
