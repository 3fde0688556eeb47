// `npm run test:attacks`: every attack that tests/browser/attacks/README.md names, in both browsers, and odd addresses
// by the hundred thousand. BROWSER=chromium or firefox runs one of them. Ends with a line that counts.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { readCounts } from './counts.mjs';
import { ROOT } from './setup.mjs';

/** How many odd addresses are made of each seed. */
const ODD_URLS = '200000';

process.chdir(ROOT);
const table = readFileSync(join(ROOT, 'tests/browser/attacks/README.md'), 'utf8');
const specs = new Set([...table.matchAll(/`tests\/browser\/specs\/([\w-]+\.spec)\.js`/g)].map(([, name = '']) => name));

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const [title, command] of /** @type {[string, string[]][]} */ ([
  ['odd addresses', ['node', '--test', '--test-reporter=spec', 'tests/attacks/odd-urls.test.js']],
  ['browsers', ['node', 'tests/browser/run.mjs', ...specs]],
])) {
  const { ok, output, seconds } = await run(title, command, {
    env: { DETICK_ODD_URLS: ODD_URLS, DETICK_ATTACKS: '1' },
  });
  const counts = readCounts(output);
  if (!ok) console.log(output.trimEnd());
  if (!ok && counts.failed === 0) counts.failed = 1; // it broke before it could count
  console.log(`${title}: ${seconds.toFixed(0)} s`);
  for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) sum[key] += counts[key];
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
if (sum.failed > 0 || sum.passed === 0) process.exitCode = 1;
