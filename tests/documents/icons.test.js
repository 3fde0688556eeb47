// The icon: each state in each size, drawn from its source, square, with air where the stores want it.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { FOLDER, hashOf, SIZES, SOURCE } from '../../scripts/icons.mjs';

const manifest = JSON.parse(readFileSync(new URL('../manifest.json', FOLDER), 'utf8'));

/** @typedef {[string, number]} Picture a state and a size */

/** @type {Picture[]} */
const PICTURES = Object.entries(SIZES).flatMap(([name, sizes]) =>
  sizes.map((size) => /** @type {Picture} */ ([name, size])),
);

/** @param {Picture} picture @returns {Map<string, Buffer>} its chunks by kind; the picture's own data joined */
function chunksOf([name, size]) {
  const png = readFileSync(new URL(`${name}-${size}.png`, FOLDER));
  const chunks = new Map();
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const kind = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    chunks.set(kind, Buffer.concat([chunks.get(kind) ?? Buffer.alloc(0), data]));
  }
  return chunks;
}

/** @typedef {{ x: number, y: number, colour: [number, number, number], alpha: number }} Pixel */

/** @param {Picture} picture @returns {Pixel[]} line by line */
function pixelsOf(picture) {
  const [, size] = picture;
  const chunks = chunksOf(picture);
  assert.deepEqual([...(chunks.get('IHDR')?.subarray(8, 10) ?? [])], [8, 6], 'eight bits of red, green, blue, alpha');
  const raw = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  const wide = size * 4;
  const bytes = Buffer.alloc(size * wide);
  const at = (/** @type {number} */ x, /** @type {number} */ y) => (x < 0 || y < 0 ? 0 : Number(bytes[y * wide + x]));
  for (let y = 0; y < size; y += 1) {
    const filter = Number(raw[y * (wide + 1)]);
    for (let x = 0; x < wide; x += 1) {
      const [left, up, corner] = [at(x - 4, y), at(x, y - 1), at(x - 4, y - 1)];
      const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter] ?? 0;
      bytes[y * wide + x] = Number(raw[y * (wide + 1) + 1 + x]) + guess;
    }
  }
  return Array.from({ length: size * size }, (_, index) => {
    const [x, y] = [index % size, Math.floor(index / size)];
    return { x, y, colour: [at(x * 4, y), at(x * 4 + 1, y), at(x * 4 + 2, y)], alpha: at(x * 4 + 3, y) };
  });
}

/** Paeth's filter. @param {number} left @param {number} up @param {number} corner */
function nearest(left, up, corner) {
  const far = (/** @type {number} */ one) => Math.abs(left + up - corner - one);
  if (far(left) <= far(up) && far(left) <= far(corner)) return left;
  return far(up) <= far(corner) ? up : corner;
}

/** @param {Pixel} pixel @returns {boolean} whether it is of the figure, and not what is white in it or around */
const isInk = ({ colour, alpha }) => alpha > 128 && Math.min(...colour) < 200;

test('there is each state in each size, and nothing else', () => {
  const wanted = [
    ...PICTURES.map(([name, size]) => `${name}-${size}.png`),
    ...Object.keys(SIZES).map((name) => `${name}.svg`),
  ];
  assert.deepEqual(readdirSync(FOLDER).sort(), wanted.sort());
  for (const picture of PICTURES) {
    const head = chunksOf(picture).get('IHDR');
    assert.deepEqual([head?.readUInt32BE(0), head?.readUInt32BE(4)], [picture[1], picture[1]], picture.join('-'));
  }
  for (const [size, path] of [...Object.entries(manifest.icons), ...Object.entries(manifest.action.default_icon)])
    assert.equal(path, `icons/on-${size}.png`);
});

test('each picture was drawn from its source as that is now', () => {
  for (const picture of PICTURES) {
    const svg = readFileSync(new URL(`${picture[0]}.svg`, FOLDER), 'utf8');
    const words = chunksOf(picture).get('tEXt')?.toString('latin1');
    assert.equal(words, `${SOURCE}\0${hashOf(svg)}`, `${picture.join('-')}: run node scripts/icons.mjs`);
  }
});

test('the store’s icon has 16 pixels of air around 96', () => {
  const seen = pixelsOf(['on', 128]).filter(({ alpha }) => alpha > 8);
  for (const along of [seen.map(({ x }) => x), seen.map(({ y }) => y)]) {
    assert.ok(Math.min(...along) >= 16 && Math.max(...along) < 112, `${Math.min(...along)} to ${Math.max(...along)}`);
    assert.ok(Math.max(...along) - Math.min(...along) > 80, 'it is square, and fills its place');
  }
});

test('at 16 pixels the four states are told apart by their forms, without their colours', () => {
  const forms = Object.keys(SIZES).map((name) => pixelsOf([name, 16]).map(isInk));
  for (const [index, one] of forms.entries()) {
    assert.ok(one.filter(Boolean).length > 60, 'there is something to see');
    for (const other of forms.slice(index + 1)) {
      const differing = one.filter((isIt, at) => isIt !== other[at]).length;
      assert.ok(differing > 20, `${differing} of 256 pixels differ`);
    }
  }
});
