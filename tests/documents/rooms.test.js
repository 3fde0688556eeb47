// The rooms of extension/: what each may touch is drawn from what its modules import.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';

const EXTENSION = new URL('../../extension/', import.meta.url);

/** From the ground up: each room is built on those below it, and on no other. */
const FLOORS = [
  ['shared'],
  ['stored'],
  ['engine'],
  ['background/rules'],
  ['background/icon'],
  ['background/requests'],
  ['background/links', 'background/lists', 'background/tiktok'],
];

/** @type {[string, string[]][]} each module with those that it imports, at once or later */
const modules = readdirSync(EXTENSION, { recursive: true, encoding: 'utf8' })
  .filter((name) => /^(?!wasm|surrogates|_metadata).*\.js$/.test(name))
  .map((name) => {
    const text = readFileSync(new URL(name, EXTENSION), 'utf8');
    const imports = [
      ...text.matchAll(
        /^(?:import|export)\b[^;]*?from '(\.[^']+)';|^import '(\.[^']+)';|\bimport\('(\.[^']+)'\)(?!\.)/gm,
      ),
    ];
    return [name, imports.map(([, from, bare, later]) => posix.join(posix.dirname(name), from ?? bare ?? later ?? ''))];
  });

/** @param {string} module @returns {string} its folder, but for the files of background/ itself, which are no room */
const roomOf = (module) => posix.dirname(module);

/** @param {string} room */
const floorOf = (room) => FLOORS.findIndex((rooms) => rooms.includes(room));

/** Every arrow from one room to another. @returns {[string, string, string][]} from, to, and an import that is one */
function arrows() {
  return modules.flatMap(([name, imports]) =>
    imports
      .map(
        (imported) =>
          /** @type {[string, string, string]} */ ([roomOf(name), roomOf(imported), `${name} -> ${imported}`]),
      )
      .filter(([from, to]) => from !== to),
  );
}

test('the background has nine rooms, and no arrow leads back up', () => {
  assert.equal(FLOORS.flat().length, 9);
  const folders = new Set(modules.map(([name]) => roomOf(name)).filter((room) => room.startsWith('background/')));
  assert.deepEqual(
    [...folders].sort(),
    FLOORS.flat()
      .filter((room) => room.startsWith('background/'))
      .sort(),
  );
  const up = arrows().filter(([from, to]) => floorOf(from) >= 0 && to !== 'wasm' && floorOf(to) >= floorOf(from));
  assert.deepEqual(
    up.map(([, , what]) => what),
    [],
  );
  const outside = arrows().filter(([from, to]) => floorOf(from) >= 0 && to !== 'wasm' && floorOf(to) < 0);
  assert.deepEqual(
    outside.map(([, , what]) => what),
    [],
  );
});

test('pages and content scripts import nothing from background/', () => {
  const borrowed = arrows().filter(([from, to]) => !/^(background|\.$)/.test(from) && /^background/.test(to));
  assert.deepEqual(
    borrowed.map(([, , what]) => what),
    [],
  );
  const page = modules.filter(([name]) => /^[\w-]+\.js$/.test(name) && name !== 'background.js');
  assert.deepEqual(
    page.filter(([, imports]) => imports.some((imported) => imported.startsWith('background'))),
    [],
  );
});

test('no module imports itself, by whatever way round', () => {
  const graph = new Map(modules);
  /** @type {Set<string>} */
  const sound = new Set();
  /** @param {string} name @param {string[]} way @returns {string[]} the circle, if there is one */
  const circle = (name, way) => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
    if (sound.has(name)) return [];
    for (const imported of graph.get(name) ?? []) {
      const found = circle(imported, [...way, name]);
      if (found.length > 0) return found;
    }
    sound.add(name);
    return [];
  };
  assert.deepEqual(
    modules.map(([name]) => circle(name, [])).filter((found) => found.length > 0),
    [],
  );
});
