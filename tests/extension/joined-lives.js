/**
 * The background as one file, for tests that begin hundreds of them: to load its seventy modules one by one took four
 * fifths of their time.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rollup } from 'rollup';
import { SOURCE } from '../../scripts/join.mjs';

/** The background first; then what tests ask of a life. */
const MODULES = [
  'background.js',
  'background/requests/requests.js',
  'background/requests/tab-records.js',
  'engine/engine.js',
  'popup/state.js',
  'stored/own-lines.js',
  'stored/settings.js',
];

const ENGINE = join(SOURCE, 'engine/engine.js');
const FAKE_ENGINE = new URL('fake-engine.js', import.meta.url).href;

const ENTRY = {
  id: 'entry',
  code: [
    ...MODULES.map((path, index) => `import * as m${index} from ${JSON.stringify(join(SOURCE, path))};`),
    `export const modules = { ${MODULES.map((path, index) => `${JSON.stringify(path)}: m${index}`).join(', ')} };`,
  ].join('\n'),
};

/** @type {Map<string, Promise<string>>} */
const files = new Map();

/**
 * @param {'three rules' | 'whole'} engine what it decides with
 * @returns {Promise<string>} the address of the file; with a query of its own it is loaded anew
 */
export function joinedLife(engine) {
  const known = files.get(engine) ?? write(engine);
  files.set(engine, known);
  return known;
}

/** @param {'three rules' | 'whole'} engine */
async function write(engine) {
  const folder = mkdtempSync(join(tmpdir(), 'detick-life-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const bundle = await rollup({
    input: ENTRY.id,
    plugins: [plugin(engine)],
    onwarn({ message }) {
      throw new Error(message);
    },
  });
  const { output } = await bundle.generate({ format: 'es', generatedCode: 'es2015', inlineDynamicImports: true });
  const file = join(folder, 'life.js');
  writeFileSync(file, output[0].code);
  return pathToFileURL(file).href;
}

/**
 * Modules go on to know where they lie, and the fake engine is one for all lives.
 *
 * @param {'three rules' | 'whole'} engine
 * @returns {import('rollup').Plugin}
 */
function plugin(engine) {
  return {
    name: 'lives',
    async resolveId(asked, from, options) {
      if (asked === ENTRY.id) return asked;
      const found = await this.resolve(asked, from, { ...options, skipSelf: true });
      const isFaked = found?.id === ENGINE && engine !== 'whole';
      return isFaked ? { id: FAKE_ENGINE, external: true } : found;
    },
    load: (id) => (id === ENTRY.id ? ENTRY.code : null),
    resolveImportMeta: (property, { moduleId }) =>
      property === 'url' ? JSON.stringify(pathToFileURL(moduleId).href) : null,
  };
}
