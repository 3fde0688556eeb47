// Templates for administrators, of extension/managed_schema.json: docs/policy/detick.admx and its words in
// docs/policy/en-US/detick.adml, for Group Policy in Chrome and Edge on Windows.
//
// `npm run policies` writes them with a placeholder for Detick's id, which a browser gives when it is installed;
// `npm run policies -- CHROME_ID EDGE_ID FOLDER` with the ids, into a folder of one's own.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './setup.mjs';

/** Stands for an id in what the repository has. */
export const PLACEHOLDER = 'abcdefghijklmnopabcdefghijklmnop';

/** Whose policies they are, and where Windows keeps them. */
const BROWSERS = /** @type {const} */ ({
  chrome: ['Google Chrome', 'Software\\Policies\\Google\\Chrome'],
  edge: ['Microsoft Edge', 'Software\\Policies\\Microsoft\\Edge'],
});

/** @typedef {keyof typeof BROWSERS} Browser */
/**
 * One setting in the schema.
 *
 * @typedef {{ title: string, description?: string, type: string, enum?: string[], items?: { type: string } }} Entry
 */

const NAMESPACE = 'xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"';

/** @returns {Record<string, Entry>} */
function entries() {
  return JSON.parse(readFileSync(join(ROOT, 'extension/managed_schema.json'), 'utf8')).properties;
}

/**
 * The policies, without words.
 *
 * @param {Record<Browser, string>} ids Detick's in each browser
 * @returns {string} ADMX
 */
export function admx(ids) {
  const browsers = /** @type {Browser[]} */ (Object.keys(BROWSERS));
  const policies = browsers.flatMap((browser) =>
    Object.entries(entries()).map(([name, entry]) => policy(browser, ids[browser], name, entry)),
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<policyDefinitions revision="1.0" schemaVersion="1.0" ${NAMESPACE}>
  <policyNamespaces>
    <target prefix="detick" namespace="Detick.Policies"/>
  </policyNamespaces>
  <resources minRequiredRevision="1.0"/>
  <supportedOn>
    <definitions>
      <definition name="supported" displayName="$(string.supported)"/>
    </definitions>
  </supportedOn>
  <categories>
    <category name="detick" displayName="$(string.detick)"/>
${browsers.map((browser) => category(browser)).join('\n')}
  </categories>
  <policies>
${policies.join('\n')}
  </policies>
</policyDefinitions>
`;
}

/** @param {Browser} browser */
function category(browser) {
  return `    <category name="${browser}" displayName="$(string.${browser})">
      <parentCategory ref="detick"/>
    </category>`;
}

/** @param {Browser} browser @param {string} id @param {string} name @param {Entry} entry */
function policy(browser, id, name, entry) {
  const key = `${BROWSERS[browser][1]}\\3rdparty\\extensions\\${id}\\policy`;
  const isSwitch = entry.type === 'boolean';
  const has = isSwitch ? `valueName="${name}"` : `presentation="$(presentation.${name})"`;
  return `    <policy name="${browser}_${name}" class="Both" displayName="$(string.${name})" explainText="$(string.${name}_more)" key="${key}" ${has}>
      <parentCategory ref="${browser}"/>
      <supportedOn ref="supported"/>
${isSwitch ? SWITCH : `      <elements>\n${element(key, name, entry)}\n      </elements>`}
    </policy>`;
}

const SWITCH = `      <enabledValue><decimal value="1"/></enabledValue>
      <disabledValue><decimal value="0"/></disabledValue>`;

/** @param {string} key @param {string} name @param {Entry} entry @returns {string} what holds the value */
function element(key, name, entry) {
  if (entry.enum) {
    const items = entry.enum.map(
      (value) =>
        `          <item displayName="$(string.${name}_${value})"><value><string>${value}</string></value></item>`,
    );
    return `        <enum id="${name}" valueName="${name}" required="true">\n${items.join('\n')}\n        </enum>`;
  }
  if (isListOfTexts(entry)) return `        <list id="${name}" key="${key}\\${name}" valuePrefix=""/>`;
  return `        <text id="${name}" valueName="${name}" maxLength="1000000" required="true"/>`;
}

/** Windows keeps these as numbered values; whatever is more is one value, in JSON. @param {Entry} entry */
function isListOfTexts({ type, items }) {
  return type === 'array' && items?.type === 'string';
}

/** @returns {string} ADML: what people read, in English */
export function adml() {
  const all = Object.entries(entries());
  const strings = [
    ['detick', 'Detick'],
    ['supported', 'Chrome 123, Edge 123'],
    ...Object.entries(BROWSERS).map(([browser, [title]]) => [browser, title]),
    ...all.flatMap(([name, entry]) => stringsOf(name, entry)),
  ];
  return `<?xml version="1.0" encoding="utf-8"?>
<policyDefinitionResources revision="1.0" schemaVersion="1.0" ${NAMESPACE}>
  <displayName>Detick</displayName>
  <description>What an organisation sets for Detick</description>
  <resources>
    <stringTable>
${strings.map(([id, words = '']) => `      <string id="${id}">${escaped(words)}</string>`).join('\n')}
    </stringTable>
    <presentationTable>
${all.flatMap(([name, entry]) => presentation(name, entry)).join('\n')}
    </presentationTable>
  </resources>
</policyDefinitionResources>
`;
}

/** @param {string} name @param {Entry} entry @returns {[string, string][]} */
function stringsOf(name, entry) {
  const { title, description = `${title}.`, type } = entry;
  const isJson = type === 'array' && !isListOfTexts(entry);
  const more = isJson ? `${description} A list in JSON, as in the sample for Linux.` : description;
  const values = (entry.enum ?? []).map((value) => /** @type {[string, string]} */ ([`${name}_${value}`, value]));
  return [[name, title], [`${name}_more`, more], ...values];
}

/** @param {string} name @param {Entry} entry @returns {string[]} the control, if there is more than on and off */
function presentation(name, entry) {
  if (entry.type === 'boolean') return [];
  const title = escaped(entry.title);
  const text = `<textBox refId="${name}"><label>${title}</label></textBox>`;
  const list = `<listBox refId="${name}">${title}</listBox>`;
  const choice = `<dropdownList refId="${name}" noSort="true">${title}</dropdownList>`;
  const control = entry.enum ? choice : isListOfTexts(entry) ? list : text;
  return [`      <presentation id="${name}">\n        ${control}\n      </presentation>`];
}

/** @param {string} words */
function escaped(words) {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [chrome = PLACEHOLDER, edge = PLACEHOLDER, folder = join(ROOT, 'docs/policy')] = process.argv.slice(2);
  for (const [file, text] of [
    ['detick.admx', admx({ chrome, edge })],
    ['en-US/detick.adml', adml()],
  ]) {
    const path = join(folder, file ?? '');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text ?? '');
    console.log(path);
  }
}
