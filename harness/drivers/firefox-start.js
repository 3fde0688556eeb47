/** How Firefox is started for tests. */

import puppeteer from 'puppeteer-core';
import { downloadsIn } from './shared.js';

/** Fixed, so that the addresses of the extension's pages are known. Profiles never meet. */
export const EXTENSION_UUID = '5b1e9f60-3c5d-4a52-9a57-6d1d7b0c2e84';

/**
 * Each page of another site starts a process, which takes more of the processor than most tests: they are kept, and
 * none is started before it is wanted. (Fewer frames a second would spare more; but then a frame that loads when it
 * comes into sight sometimes never does.)
 */
const SPARING = {
  'dom.ipc.processPrelaunch.enabled': false,
  'dom.ipc.processReuse.unusedGraceMs': 60_000,
  'dom.ipc.keepProcessesAlive.web': 4,
  'dom.ipc.keepProcessesAlive.webIsolated': 16,
};

/**
 * Starts the program. Its way out is the world alone.
 *
 * @param {string} program the path of Firefox
 * @param {import('../browser.js').LaunchOptions} options
 * @param {string} profile its folder
 * @param {string} extensionId of the extension that is installed later; empty for none
 * @returns {Promise<import('puppeteer-core').Browser>}
 * @throws {Error} if it does not start
 */
export function startFirefox(
  program,
  { world, route = 'proxy', home, headless = true, touch = false, ownGpc = false, scheme = 'light', asUsed = false },
  profile,
  extensionId,
) {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: program,
    userDataDir: profile,
    headless,
    ...(home !== undefined && { env: { ...process.env, HOME: home } }),
    acceptInsecureCerts: true,
    defaultViewport: null,
    networkEnabled: asUsed,
    args: ['--remote-allow-system-access'], // extension pages and the browser's own menus
    extraPrefsFirefox: {
      ...(route === 'proxy' ? throughProxy(world.port) : byNames(world.port)),
      'network.trr.mode': 5,
      'security.cert_pinning.enforcement_level': 0, // the world's certificate plays pinned hosts too
      'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: EXTENSION_UUID }),
      'xpinstall.signatures.required': false, // for an extension that the profile names
      'extensions.autoDisableScopes': 0,
      'dom.security.https_first': false, // a link that says http is asked for by http
      'extensions.dnr.feedback': true, // declarativeNetRequest.testMatchOutcome
      'browser.download.folderList': 2, // not the user's own folder
      'browser.download.dir': downloadsIn(profile),
      'browser.download.alwaysOpenPanel': false, // it takes the focus from the page when a file was saved
      'extensions.webextOptionalPermissionPrompts': false, // whoever presses the button means it
      'browser.send_pings': true, // off unless asked for; whoever asks for it shall be safe too
      'layout.css.prefers-color-scheme.content-override': scheme === 'dark' ? 0 : 1,
      'privacy.globalprivacycontrol.enabled': ownGpc,
      ...(!asUsed && SPARING),
      ...(touch && { 'ui.primaryPointerCapabilities': 1, 'ui.allPointerCapabilities': 1 }), // coarse
    },
  });
}

/**
 * @param {number} port
 * @returns {Record<string, string | number | boolean>} preferences that leave the proxy as the only way out
 */
function throughProxy(port) {
  return {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': port,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': port,
    'network.proxy.no_proxies_on': '',
    'network.proxy.allow_hijacking_localhost': true,
    'network.proxy.failover_direct': false,
  };
}

/**
 * @param {number} port
 * @returns {Record<string, string | number | boolean>} preferences by which every host, on the usual ports, is the
 *   world
 */
function byNames(port) {
  return {
    'network.proxy.type': 0,
    'network.http.speculative-parallel-limit': 20, // as people have it; a driver takes it away
    'network.dns.forceResolve': '127.0.0.1',
    'network.socket.forcePort': `80=${port};443=${port};8443=${port}`,
  };
}
