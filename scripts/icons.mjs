/**
 * Draws the PNG icons from their SVG sources with Chromium: `node scripts/icons.mjs`. The PNGs are committed; run this
 * after changing a source.
 */

import { readFile, writeFile } from 'node:fs/promises';
import puppeteer from 'puppeteer-core';

const FOLDER = new URL('../extension/icons/', import.meta.url);
const SIZES = { on: [16, 32, 48, 128], paused: [16, 32, 48], attention: [16, 32, 48], lockout: [16, 32, 48] };

const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
for (const [name, sizes] of Object.entries(SIZES)) {
  const svg = await readFile(new URL(`${name}.svg`, FOLDER), 'utf8');
  for (const size of sizes) {
    await page.setViewport({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    await writeFile(new URL(`${name}-${size}.png`, FOLDER), await page.screenshot({ omitBackground: true }));
  }
}
await browser.close();
