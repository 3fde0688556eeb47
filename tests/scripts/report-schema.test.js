// The reports that docs/report.md names keep to the published schema; tests/cli_report.rs sees that the command prints
// them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { flaws } from '../../scripts/json-schema.mjs';

/** @param {string} path */
const read = (path) => JSON.parse(readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8'));

const schema = read('report.schema.json');

for (const name of ['demo.json', 'demo-values.json']) {
  test(`${name} keeps to the schema of reports`, () => {
    assert.deepEqual(flaws(read(`report/${name}`), schema), []);
  });
}

test('the schema names every member that a report of the demo has', () => {
  const report = read('report/demo-values.json');
  const [company] = report.pages[0].companies;
  for (const member of ['embeds', 'pixels', 'events', 'told', 'moments']) assert.ok(member in company, member);
  assert.ok(flaws({ ...report, more: 1 }, schema).length > 0);
  assert.ok(
    flaws({ ...report, pages: [{ ...report.pages[0], companies: [{ ...company, more: 1 }] }] }, schema).length > 0,
  );
});
