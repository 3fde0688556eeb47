// `npm run source-for-reviewers`: the source of the package that is uploaded, as git knows it.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';

const git = (/** @type {string[]} */ ...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' });

const changed = git('status', '--porcelain').trim();
if (changed !== '') {
  console.error(`Commit first: a reviewer must get what was built.\n${changed}`);
  process.exit(1);
}
const { version } = JSON.parse(readFileSync(join(ROOT, 'extension/manifest.json'), 'utf8'));
const path = `dist/detick-source-${version}.tar.gz`;
mkdirSync(join(ROOT, 'dist'), { recursive: true });
git('archive', '--format=tar.gz', `--prefix=detick-${version}/`, `--output=${path}`, 'HEAD');
console.log(`${path}: ${git('rev-parse', 'HEAD').trim()}`);
