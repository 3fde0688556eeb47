/** The built engine in Node, for specs that ask a browser to agree with it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SOURCE } from '../scripts/join.mjs';
import { BROWSER } from './session.js';

/**
 * @returns {Promise<import('../extension/types.js').Engine>} with Detick's own lists
 * @throws {Error} if the extension is not built
 */
export async function loadEngine() {
  const glue = await import(pathToFileURL(join(SOURCE, 'wasm/detick.js')).href);
  await glue.default({ module_or_path: readFileSync(join(SOURCE, 'wasm/detick_bg.wasm')) });
  return glue.Engine.restore(readFileSync(join(SOURCE, 'rules/engine.bin')), BROWSER);
}
