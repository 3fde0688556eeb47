/** The built engine in Node, for specs that ask a browser to agree with it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EXTENSION_DIR } from './browser/extension.js';
import { BROWSER } from './session.js';

/**
 * @returns {Promise<import('../../extension/types.js').Engine>} with Detick's own lists
 * @throws {Error} if the extension is not built
 */
export async function loadEngine() {
  const glue = await import(pathToFileURL(join(EXTENSION_DIR, 'wasm/detick.js')).href);
  await glue.default({ module_or_path: readFileSync(join(EXTENSION_DIR, 'wasm/detick_bg.wasm')) });
  return glue.Engine.restore(readFileSync(join(EXTENSION_DIR, 'rules/engine.bin')), BROWSER);
}
