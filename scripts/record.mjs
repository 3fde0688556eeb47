// Records the demo page as a browser without Detick loads it:
// `node scripts/record.mjs [firefox] > docs/report/demo.har`. That file is what docs/report.md shows a report of.

import { launch } from '../harness/browser.js';
import { recorder } from '../harness/recorder.js';
import { until } from '../harness/until.js';
import { DEMO, outcome } from '../harness/world/demo.js';
import { startWorld } from '../harness/world.js';

/** How long nothing may arrive any more before the page counts as loaded. */
const QUIET_MS = 1500;

/** No part of what is recorded: what the page asks of its own site to show what arrived, and the browser for itself. */
const ASIDE = /^https:\/\/demo\.example\/outcome$|^https?:\/\/([^/]+\.)?(google|googleapis)\.com\//;

/** @param {import('./browsers.mjs').BrowserName} name @returns {Promise<import('../harness/recorder.js').Har>} */
async function record(name) {
  const { respond, har } = recorder();
  const world = await startWorld(respond);
  const browser = await launch(name, { asUsed: true, world });
  try {
    const page = await browser.newPage();
    await page.goto(DEMO);
    await page.click('#leaving-link');
    await until('the redirector to be asked', async () => outcome(world.log).redirector);
    const arrived = () => world.log.all().filter(({ url }) => !ASIDE.test(url)).length;
    for (let before = -1; before !== arrived(); ) {
      before = arrived();
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    }
    return har();
  } finally {
    await browser.close();
    await world.close();
  }
}

const [browser = 'chromium'] = process.argv.slice(2);
if (browser !== 'chromium' && browser !== 'firefox') throw new Error(`There is no browser "${browser}" here.`);
const { log } = await record(browser);
const entries = log.entries.filter(({ request }) => !ASIDE.test(request.url)).map((entry) => JSON.stringify(entry));
const head = JSON.stringify({ log: { ...log, entries: [] } });
process.stdout.write(`${head.replace('[]', () => `[\n${entries.join(',\n')}\n]`)}\n`);
