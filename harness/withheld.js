/** The extension as a person has it who gave it no access to sites. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXTENSION_DIR } from './extension.js';

/**
 * Copies the extension into a folder in which access to all sites is something to ask for, and not given at the start.
 *
 * @returns {{dir: string, remove: () => void}}
 */
export function withoutSiteAccess() {
  const dir = mkdtempSync(join(tmpdir(), 'detick-'));
  cpSync(EXTENSION_DIR, dir, { recursive: true, filter: (path) => !path.includes('_metadata') });
  const path = join(dir, 'manifest.json');
  // Firefox takes the sites of content scripts for access that was given.
  const { host_permissions: hosts, content_scripts: _, ...manifest } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...manifest, optional_host_permissions: hosts }));
  return { dir, remove: () => rmSync(dir, { recursive: true }) };
}
