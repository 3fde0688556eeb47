/** Asks a browser what its rules would do with a request, without sending one. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXTENSION_DIR, readManifest } from './browser/extension.js';
import { BROWSER } from './session.js';

/**
 * @typedef {object} Asked a row of tests/requests.json or of the corpus
 * @property {string} url
 * @property {string} sourceUrl
 * @property {string} type
 * @property {string} [method]
 */

/** Types that the browser under test has another name for. @type {Record<string, string>} */
const OTHER_NAMES = BROWSER === 'firefox' ? {} : { beacon: 'ping', imageset: 'image' };

const TYPES = new Set(
  'main_frame sub_frame script image stylesheet font object xmlhttprequest ping beacon imageset media websocket csp_report other'.split(
    ' ',
  ),
);

/**
 * @param {Asked} asked
 * @returns {object | undefined} as `testMatchOutcome` takes it; nothing for an address that browsers cannot request
 */
export function toRequest({ url, sourceUrl, type, method }) {
  const address = tryParse(url);
  if (!address || !/^(https?|wss?):$/.test(address.protocol)) return undefined;
  const named = address.protocol.startsWith('ws') ? 'websocket' : (OTHER_NAMES[type] ?? type);
  // Firefox's rules see a socket as the https request that it begins with.
  if (BROWSER === 'firefox') address.protocol = address.protocol.replace('ws', 'http');
  const initiator = tryParse(sourceUrl)?.origin;
  return {
    url: address.href,
    ...(initiator && initiator !== 'null' && { initiator }),
    type: TYPES.has(named) ? named : 'other',
    method: (method ?? 'get').toLowerCase(),
  };
}

/** @param {string} url */
function tryParse(url) {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

/**
 * Copies the extension, with the permission to ask what rules would do: Firefox wants it, people need not grant it.
 *
 * @returns {string} a folder, removed when this process ends
 */
export function withFeedback() {
  const folder = mkdtempSync(join(tmpdir(), 'detick-feedback-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(EXTENSION_DIR, folder, { recursive: true, filter: (path) => !path.endsWith('_metadata') });
  const manifest = readManifest(folder);
  manifest.permissions?.push('declarativeNetRequestFeedback');
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

/**
 * @param {Awaited<ReturnType<typeof import('./browser.js').launch>>} browser
 * @param {(object | undefined)[]} requests
 * @returns {Promise<string[]>} for each what the rule does that decides, or `none`
 */
export async function outcomes(browser, requests) {
  const rules = { ...staticRules(), ...(await browser.inExtension(dynamicRules)) };
  const matched = await browser.inExtension(matchAll, requests);
  return matched.map((keys) => effect(keys.flatMap((key) => rules[key] ?? [])));
}

/**
 * @param {chrome.declarativeNetRequest.Rule[]} rules those that act together: rules about headers come on top
 * @returns {string} `redirect` only for stand-ins: a link that is cleaned or unwrapped is let through
 */
function effect(rules) {
  const action = rules.map((rule) => rule.action).find(({ type }) => type !== 'modifyHeaders');
  if (action === undefined) return 'none';
  return action.type === 'redirect' && action.redirect?.extensionPath === undefined ? 'clean' : action.type;
}

/** Runs in the extension. @param {(object | undefined)[]} requests @returns {Promise<string[][]>} keys of rules */
async function matchAll(requests) {
  const answers = [];
  for (const request of requests) {
    const asked = /** @type {chrome.declarativeNetRequest.TestMatchRequestDetails} */ (request);
    const outcome = request && (await chrome.declarativeNetRequest.testMatchOutcome(asked));
    answers.push((outcome?.matchedRules ?? []).map(({ rulesetId, ruleId }) => `${rulesetId} ${ruleId}`));
  }
  return answers;
}

/** Runs in the extension. @returns {Promise<Record<string, chrome.declarativeNetRequest.Rule>>} */
async function dynamicRules() {
  const rules = await chrome.declarativeNetRequest.getDynamicRules();
  return Object.fromEntries(rules.map((rule) => [`_dynamic ${rule.id}`, rule]));
}

/** @returns {Record<string, chrome.declarativeNetRequest.Rule>} by ruleset and id */
function staticRules() {
  const resources = readManifest(EXTENSION_DIR).declarative_net_request?.rule_resources ?? [];
  const entries = resources.flatMap(({ id, path }) => {
    /** @type {chrome.declarativeNetRequest.Rule[]} */
    const rules = JSON.parse(readFileSync(join(EXTENSION_DIR, path), 'utf8'));
    return rules.map((rule) => /** @type {const} */ ([`${id} ${rule.id}`, rule]));
  });
  return Object.fromEntries(entries);
}
