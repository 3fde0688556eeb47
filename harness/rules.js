/** Asks a browser what its rules would do with a request, without sending one. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXTENSION_DIR, readManifest } from './extension.js';
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

/** The ruleset that {@link withFeedback} adds. */
export const CORPUS = 'corpus';

/**
 * Copies the extension for tests of its rules alone: with the permission to ask what rules would do, which Firefox
 * wants, and with a background that leaves rules and requests as they are.
 *
 * @param {chrome.declarativeNetRequest.Rule[]} rules for one more static ruleset, which is off
 * @returns {string} a folder, removed when this process ends
 */
export function withFeedback(rules) {
  const folder = mkdtempSync(join(tmpdir(), 'detick-feedback-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(EXTENSION_DIR, folder, { recursive: true, filter: (path) => !path.endsWith('_metadata') });
  const manifest = readManifest(folder);
  manifest.permissions?.push('declarativeNetRequestFeedback');
  writeFileSync(join(folder, 'background.js'), '');
  manifest.declarative_net_request?.rule_resources.push({ id: CORPUS, enabled: false, path: 'rules/corpus.json' });
  writeFileSync(join(folder, 'rules/corpus.json'), JSON.stringify(rules));
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return folder;
}

/**
 * Leaves the browser with these rules alone.
 *
 * @param {Awaited<ReturnType<typeof import('./browser.js').launch>>} browser
 * @param {string[]} rulesets
 * @param {chrome.declarativeNetRequest.Rule[]} [dynamic]
 * @returns {Promise<number>} how long the browser took, in ms
 */
export function useOnly(browser, rulesets, dynamic = []) {
  return browser.inExtension(
    async (wanted, addRules) => {
      const api = chrome.declarativeNetRequest;
      const removeRuleIds = (await api.getDynamicRules()).map(({ id }) => id);
      const enabled = await api.getEnabledRulesets();
      const disableRulesetIds = enabled.filter((id) => !wanted.includes(id));
      const before = performance.now();
      await api.updateEnabledRulesets({ enableRulesetIds: wanted, disableRulesetIds });
      await api.updateDynamicRules({ removeRuleIds, addRules });
      return Math.round(performance.now() - before);
    },
    rulesets,
    dynamic,
  );
}

/**
 * Leaves the browser with these session rules alone.
 *
 * @param {Awaited<ReturnType<typeof import('./browser.js').launch>>} browser
 * @param {chrome.declarativeNetRequest.Rule[]} rules
 */
export function useInSession(browser, rules) {
  return browser.inExtension(async (addRules) => {
    const api = chrome.declarativeNetRequest;
    const removeRuleIds = (await api.getSessionRules()).map(({ id }) => id);
    await api.updateSessionRules({ removeRuleIds, addRules });
  }, rules);
}

/**
 * @param {Awaited<ReturnType<typeof import('./browser.js').launch>>} browser
 * @param {(object | undefined)[]} requests
 * @param {chrome.declarativeNetRequest.Rule[]} added the rules that are not the extension's own
 * @returns {Promise<string[]>} for each what the rule does that decides, or `none`
 */
export async function outcomes(browser, requests, added = []) {
  const own = added.flatMap((rule) => ['_dynamic', CORPUS].map((set) => [`${set} ${rule.id}`, rule]));
  const rules = { ...staticRules(), ...Object.fromEntries(own) };
  const matched = await browser.inExtension(matchAll, requests);
  return matched.map((keys) => effect(keys.flatMap((key) => rules[key] ?? [])));
}

/**
 * @param {chrome.declarativeNetRequest.Rule[]} rules those that act together: rules about headers come on top
 * @returns {string} `redirect` only for surrogates: a link that is cleaned or unwrapped is let through
 */
function effect(rules) {
  const action = rules.map((rule) => rule.action).find(({ type }) => type !== 'modifyHeaders');
  if (action === undefined) return 'none';
  const isSurrogate = action.redirect?.extensionPath !== undefined || action.redirect?.url !== undefined;
  return action.type === 'redirect' && !isSurrogate ? 'clean' : action.type;
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

/** Static rulesets of surrogates: Firefox takes none that lead to an address which holds the answer. */
export const SURROGATES = BROWSER === 'firefox' ? ['surrogates'] : ['surrogates', 'data-surrogates'];
export const EMBED_STAND_INS =
  BROWSER === 'firefox' ? ['embed-stand-ins'] : ['embed-stand-ins', 'data-embed-stand-ins'];

/**
 * What becomes of a row's request in the browser under test: a surrogate answers in Firefox only what pages cannot read
 * the address of.
 *
 * @param {Asked & { verdict: string }} row
 */
export function expected({ type, verdict }) {
  const isRefused = BROWSER === 'firefox' && /^(xmlhttprequest|stylesheet)$/.test(type);
  return verdict === 'redirect' && isRefused ? 'block' : verdict;
}

/** @returns {Record<string, chrome.declarativeNetRequest.Rule>} by ruleset and id */
function staticRules() {
  const resources = readManifest(EXTENSION_DIR).declarative_net_request?.rule_resources ?? [];
  const entries = resources.flatMap(({ id }) =>
    bundledRules(id).map((rule) => /** @type {const} */ ([`${id} ${rule.id}`, rule])),
  );
  return Object.fromEntries(entries);
}

/**
 * @param {string} name
 * @returns {chrome.declarativeNetRequest.Rule[]} what the build made of that list
 */
export function bundledRules(name) {
  return JSON.parse(readFileSync(join(EXTENSION_DIR, `rules/${name}.json`), 'utf8'));
}
