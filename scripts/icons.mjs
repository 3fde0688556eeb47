/**
 * Draws the PNG icons from their SVG sources with Chromium: `node scripts/icons.mjs`. The PNGs are committed; run this
 * after changing a source: `tests/documents/icons.test.js` knows each picture's source by the hash that is written into
 * it.
 */

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import puppeteer from 'puppeteer-core';

export const FOLDER = new URL('../extension/icons/', import.meta.url);

/** Each state of the icon with its sizes: the toolbar's; the largest is for stores and lists of extensions. */
export const SIZES = { on: [16, 32, 48, 128], paused: [16, 32, 48], attention: [16, 32, 48], lockout: [16, 32, 48] };

/** The store wants 16 pixels of air around 96, in units of a drawing of 16; a toolbar has air of its own. */
const AIRY = 128;
const AIR = 16 / 6;

/** The name of the text in a PNG that says what it was drawn from. */
export const SOURCE = 'Source SHA-256';

/** @param {string} svg @returns {string} */
export const hashOf = (svg) => createHash('sha256').update(svg).digest('hex');

/** @param {string} kind of a chunk @param {Buffer} data @returns {Buffer} the chunk, as PNG has it */
function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(zlib.crc32(body));
  return Buffer.concat([length, body, check]);
}

/** @param {Buffer} png @param {string} svg @returns {Buffer} the picture with its source's hash, before its last chunk */
function signed(png, svg) {
  const end = png.length - 12;
  const words = Buffer.from(`${SOURCE}\0${hashOf(svg)}`, 'latin1');
  return Buffer.concat([png.subarray(0, end), chunk('tEXt', words), png.subarray(end)]);
}

async function draw() {
  const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage();
  for (const [name, sizes] of Object.entries(SIZES)) {
    const svg = await readFile(new URL(`${name}.svg`, FOLDER), 'utf8');
    for (const size of sizes) {
      const box = size === AIRY ? `${-AIR} ${-AIR} ${16 + 2 * AIR} ${16 + 2 * AIR}` : '0 0 16 16';
      const drawn = svg.replace('viewBox="0 0 16 16"', `viewBox="${box}"`);
      await page.setViewport({ width: size, height: size });
      await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawn}`);
      const png = Buffer.from(await page.screenshot({ omitBackground: true }));
      await writeFile(new URL(`${name}-${size}.png`, FOLDER), signed(png, svg));
    }
  }
  await browser.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await draw();
