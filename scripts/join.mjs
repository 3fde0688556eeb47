// extension/ -> dist/extension/, the folder that browsers load: the modules of each page, of the background and of each
// content script joined into one file, the library that pages draw with in a file for all of them, style sheets joined
// like modules, pages with their head, PRIVACY.md as a page, everything else copied. `cargo xtask build` runs it.
//
// Rollup joins: it keeps names, order and comments, so that what ships reads like what it was made of. Nothing is made
// smaller or rewritten, and what a file never calls is left out of it.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rollup, VERSION } from 'rollup';
import { PRIVACY_PAGE, privacyPage, STATEMENT } from './privacy-page.mjs';
import { ROOT } from './setup.mjs';
import { shippedPackages } from './third-party.mjs';

/** What modules are joined from, in all pages and in the background. */
export const SOURCE = join(ROOT, 'extension');

/** Where the joined extension lies. */
export const JOINED = join(ROOT, 'dist/extension');

/** Modules that no page names: each becomes a file, with all that it imports. */
const MODULES = ['background.js', 'background/lists/worker.js'];

/**
 * Scripts that run in web pages, where there are no modules: each becomes a file, closed off from the page's other
 * scripts.
 */
const CONTENT = ['everywhere', 'copy', 'copy-page', 'guard', 'gpc', 'markup-page'].map((name) => `content/${name}.js`);

/** The library that pages draw with, as its authors wrote it: what they publish to be loaded is minified. */
const LIBRARY = 'preact';
export const LIBRARY_FOLDER = dirname(dirname(createRequire(import.meta.url).resolve(LIBRARY)));

/** What is in the file of the part that needs it: the editor of own lines, which is loaded when it is opened. */
const EDITOR_PACKAGE = /^(?:@codemirror\/|@lezer\/|@marijn\/|crelt$|style-mod$|w3c-keyname$)/;

/** Where it lies: for a copy of the repository inside of it, that is the folder above. */
const PACKAGES_FOLDER = dirname(LIBRARY_FOLDER);

/** Where it lies, for all pages that draw. Their head names it too, so that it is read beside a page's own file. */
export const LIBRARY_FILE = `shared/${LIBRARY}.js`;

/** Scripts that ship as they are: they import nothing. */
const ALONE = /^(?:forward\.js|surrogates\/[\w-]+\.js)$/;

/** How pages begin that people come to see: what each of them holds stands below it. */
const HEAD = 'shared/head.html';

/** Says of which files the joined extension was made. Hidden, so it is in no package. */
const STAMP = '.joined';

/** A file of the joined extension. @typedef {[path: string, content: string | Uint8Array]} File */

/**
 * Writes `dist/extension/`, unless it was made of these very files. What is there already stays untouched if it is the
 * same, so that two may do this at once.
 *
 * @returns {Promise<string>} what it is made of, in a line for the terminal
 * @throws {Error} if a module imports what is not there, or modules import each other in a circle
 */
export async function joinExtension() {
  const names = below(SOURCE).filter((name) => !isHidden(name));
  const { modules, content } = entries(names);
  const stamp = stampOf(names);
  const told = `dist/extension/, ${modules.length + content.length} scripts joined`;
  if (existsSync(join(JOINED, STAMP)) && readFileSync(join(JOINED, STAMP), 'utf8') === stamp) return told;
  const joined = await Promise.all(modules.map((name) => joinWith(name)));
  const scripts = [
    ...joined.flatMap(({ files }) => files),
    await joinLibrary(joined.flatMap(({ calls }) => calls)),
    ...(await Promise.all(content.map(async (name) => /** @type {File} */ ([name, await joinContent(name)])))),
  ];
  const parts = names.filter((name) => name.endsWith('.css')).flatMap(importedBy);
  const copied = names
    .filter((name) => name !== HEAD && !parts.includes(name) && (!/\.(?:js|d\.ts)$/.test(name) || ALONE.test(name)))
    .map((name) => /** @type {File} */ ([name, copyOf(name)]));
  write(JOINED, [...scripts, ...copied, [PRIVACY_PAGE, privacyPage()], ...licences()]);
  writeFileSync(join(JOINED, STAMP), stamp);
  return told;
}

/** @returns {File[]} of each package of others that is part of what ships */
function licences() {
  return shippedPackages().map(({ name }) => [
    `licences/${name.replace('@', '').replace('/', '-')}.txt`,
    readFileSync(join(PACKAGES_FOLDER, name, 'LICENSE')),
  ]);
}

/**
 * @param {string[]} names of the extension's files
 * @returns {string} changes when one of them does, or how they are joined
 */
function stampOf(names) {
  const hash = createHash('sha256')
    .update(VERSION)
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .update(readFileSync(import.meta.filename))
    .update(readFileSync(join(import.meta.dirname, 'privacy-page.mjs')))
    .update(readFileSync(STATEMENT));
  for (const name of names) hash.update(`\0${name}\0`).update(readFileSync(join(SOURCE, name)));
  return hash.digest('hex');
}

/**
 * What browsers are told to run.
 *
 * @param {string[]} names all files of the extension
 * @returns {{ modules: string[], content: string[] }}
 */
export function entries(names) {
  const pages = names
    .filter((name) => name.endsWith('.html'))
    .flatMap((name) => {
      const named = readFileSync(join(SOURCE, name), 'utf8').matchAll(/<script type="module" src="([^"]+)">/g);
      return [...named].map(([, script = '']) => posix.join(posix.dirname(name), script));
    });
  return { modules: [...MODULES, ...pages], content: CONTENT };
}

/**
 * A module with all that it imports but the library, which is a file for itself. What it imports later is a file beside
 * it.
 *
 * @param {string} name below the extension's folder
 * @param {string} [first] a module to run before it, from anywhere
 * @returns {Promise<File[]>}
 */
export async function joinModule(name, first) {
  return (await joinWith(name, first)).files;
}

/**
 * @param {string} name below the extension's folder
 * @param {string} [first] a module to run before it, from anywhere
 * @returns {Promise<{ files: File[], calls: string[] }>} with what it takes from the library
 */
async function joinWith(name, first) {
  const folder = posix.dirname(name);
  const path = `/${LIBRARY_FILE}`;
  const own = join(SOURCE, name);
  const both = { id: 'both', code: `import ${JSON.stringify(first)};\nimport ${JSON.stringify(own)};` };
  const bundle = await rollup({
    input: first === undefined ? own : both.id,
    plugins: [made(both), ...PLUGINS],
    external: [LIBRARY],
    preserveEntrySignatures: 'allow-extension',
    onwarn: refuse,
  });
  const { output } = await bundle.generate({
    ...OUTPUT,
    format: 'es',
    dir: join(SOURCE, folder),
    entryFileNames: posix.basename(name),
    chunkFileNames: '[name].js',
    paths: { [LIBRARY]: path },
    hoistTransitiveImports: false,
    plugins: [placesFrom(folder)],
  });
  const chunks = output.filter((file) => file.type === 'chunk');
  return {
    files: chunks.map((chunk) => [posix.join(folder, chunk.fileName), chunk.code]),
    calls: chunks.flatMap((chunk) => chunk.importedBindings[path] ?? []),
  };
}

/**
 * The library that pages draw with.
 *
 * @param {string[]} calls what pages take from it
 * @returns {Promise<File>}
 */
async function joinLibrary(calls) {
  const entry = { id: 'calls', code: `export { ${[...new Set(calls)].sort().join(', ')} } from '${LIBRARY}';` };
  const bundle = await rollup({ input: entry.id, plugins: [made(entry), ...PLUGINS], onwarn: refuse });
  const { output } = await bundle.generate({ ...OUTPUT, format: 'es' });
  return [LIBRARY_FILE, output[0].code];
}

/**
 * A content script with all that it imports.
 *
 * @param {string} name below the extension's folder
 * @param {string} [exported] the name of a global that holds what it exports; without it, nothing is left behind
 * @returns {Promise<string>}
 */
export async function joinContent(name, exported) {
  const bundle = await rollup({ input: join(SOURCE, name), plugins: PLUGINS, onwarn: refuse });
  const { output } = await bundle.generate({ ...OUTPUT, format: 'iife', name: exported });
  return output[0].code;
}

/** Lines stay as they are written. */
const OUTPUT = /** @type {const} */ ({
  generatedCode: 'es2015',
  indent: false,
  freeze: false,
  externalLiveBindings: false,
  minifyInternalExports: false,
});

/**
 * What a bundler only warns of would ship something else than was meant.
 *
 * @param {import('rollup').RollupLog} warning
 */
function refuse({ message, code, ids = [] }) {
  // The library's modules name each other in circles, and use nothing of it before all are there.
  if (code === 'CIRCULAR_DEPENDENCY' && ids.every((id) => id.startsWith(LIBRARY_FOLDER))) return;
  throw new Error(message);
}

/** The library is found by its name; its own modules name each other without `.js`. @type {import('rollup').Plugin} */
const library = {
  name: 'library',
  resolveId(asked, from = '') {
    if (asked === LIBRARY) return join(LIBRARY_FOLDER, 'src/index.js');
    if (EDITOR_PACKAGE.test(asked)) return fileURLToPath(import.meta.resolve(asked));
    return from.startsWith(LIBRARY_FOLDER) ? `${join(dirname(from), asked)}.js` : null;
  },
};

/** The only line of the library that makes markup of a text, where a page asks for it; pages of ours never do. */
const MARKUP = 'dom.innerHTML = newHtml.__html;';

/** What ships cannot do so, whoever asks. @type {import('rollup').Plugin} */
const withoutMarkup = {
  name: 'without-markup',
  transform(code, id) {
    if (id !== join(LIBRARY_FOLDER, 'src/diff/index.js')) return null;
    const [before, after, ...more] = code.split(MARKUP);
    if (after === undefined || more.length > 0) throw new Error(`${id} makes markup elsewhere now: look at it.`);
    return { code: `${before}throw new Error('Detick makes no markup of a text.');${after}`, map: null };
  },
};

/** Each module's part begins with its path, for whoever reads what ships. @type {import('rollup').Plugin} */
const named = {
  name: 'named',
  transform(code, id) {
    const [folder, name] = id.startsWith(SOURCE) ? [SOURCE, 'extension'] : [PACKAGES_FOLDER, 'node_modules'];
    return { code: `// ${name}/${relative(folder, id).replaceAll(sep, '/')}\n\n${code}`, map: null };
  },
};

const PLUGINS = [library, withoutMarkup, named];

/**
 * `import.meta.url` goes on to mean where the module itself lies: files are named from there.
 *
 * @param {string} folder of the joined file, below the extension's
 * @returns {import('rollup').OutputPlugin}
 */
function placesFrom(folder) {
  return {
    name: 'places',
    resolveImportMeta(property, { moduleId }) {
      if (property !== 'url') return null;
      const way = posix.relative(folder, relative(SOURCE, moduleId));
      return `new URL('${way}', import.meta.url).href`;
    },
  };
}

/**
 * A module that lies nowhere.
 *
 * @param {{ id: string, code: string }} module
 * @returns {import('rollup').Plugin}
 */
function made({ id, code }) {
  return {
    name: 'made',
    resolveId: (asked) => (asked === id ? id : null),
    load: (asked) => (asked === id ? code : null),
  };
}

/** @param {string} name @returns {string | Uint8Array} what browsers get of a file that is not joined */
function copyOf(name) {
  if (name.endsWith('.css')) return joinStyle(name);
  const content = readFileSync(join(SOURCE, name));
  if (!/(?:^|\/)page\.html$/.test(name) || content.includes('<!doctype')) return content;
  return `${readFileSync(join(SOURCE, HEAD), 'utf8')}${content}`;
}

/** A part of a style sheet, in a line of its own. */
const STYLE_IMPORT = /^@import "([^"]+)";\n/gm;

/** @param {string} name of a style sheet @returns {string[]} those that it is joined from, itself left out */
function importedBy(name) {
  const found = readFileSync(join(SOURCE, name), 'utf8').matchAll(STYLE_IMPORT);
  return [...found].map(([, part = '']) => posix.join(posix.dirname(name), part));
}

/** @param {string} name of a style sheet @returns {string} with its parts where it names them, each below its path */
function joinStyle(name) {
  const parts = importedBy(name);
  return readFileSync(join(SOURCE, name), 'utf8').replace(STYLE_IMPORT, () => {
    const part = parts.shift() ?? '';
    return `/* extension/${part} */\n\n${joinStyle(part)}\n`;
  });
}

/** @param {string} folder @returns {string[]} the files below it, by their paths from there, with `/` */
function below(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(relative(folder, entry.parentPath), entry.name))
    .sort();
}

/** Chromium keeps its index of the rules in `_metadata`, in the folder that it loads. @param {string} name */
function isHidden(name) {
  return name.startsWith('_metadata/') || /(?:^|\/)\./.test(name);
}

/** @param {string} folder @param {File[]} files all that shall be there */
function write(folder, files) {
  const wanted = new Set(files.map(([name]) => name));
  if (existsSync(folder)) {
    for (const name of below(folder)) if (!wanted.has(name) && !isHidden(name)) rmSync(join(folder, name));
  }
  for (const [name, content] of files) {
    const path = join(folder, name);
    const bytes = Buffer.from(content);
    if (existsSync(path) && readFileSync(path).equals(bytes)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`extension: ${await joinExtension()}`);
