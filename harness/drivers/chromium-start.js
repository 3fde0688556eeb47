/** How Chromium is started for tests. */

import puppeteer from 'puppeteer-core';
import { downloadsIn } from './shared.js';

/** A link that says http is asked for by http. */
const UNWANTED = ['HttpsUpgrades'];

/** A process kept ready for the next page, which few tests have. */
const SPARED = ['SpareRendererForSitePerProcess'];

/**
 * Starts the program. Its way out is the world alone.
 *
 * @param {string} program the path of Chromium
 * @param {import('../browser.js').LaunchOptions} options
 * @param {string} profile its folder
 * @returns {Promise<import('puppeteer-core').Browser>}
 * @throws {Error} if it does not start
 */
export function startChromium(
  program,
  { world, route = 'proxy', headless = true, touch = false, asUsed = false },
  profile,
) {
  return puppeteer.launch({
    executablePath: program,
    userDataDir: profile,
    headless,
    pipe: true,
    enableExtensions: true,
    acceptInsecureCerts: true,
    defaultViewport: null,
    networkEnabled: asUsed,
    downloadBehavior: { policy: 'allow', downloadPath: downloadsIn(profile) },
    args: [
      '--no-sandbox', // containers, where tests mostly run, do not allow the sandbox
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      `--disable-features=${[...UNWANTED, ...(asUsed ? [] : SPARED)]}`,
      '--ignore-certificate-errors',
      '--screen-info={1280x960}', // one on which a popup has the room that it may take
      '--short-reporting-delay', // what the browser reports by itself leaves at once, not within a minute
      ...(touch ? ['--blink-settings=primaryPointerType=2,availablePointerTypes=2'] : []),
      ...(route === 'proxy' ? throughProxy(world.port) : byNames(world.port)),
    ],
  });
}

/** @param {number} port @returns {string[]} arguments that leave the proxy as the only way out */
function throughProxy(port) {
  return [
    `--proxy-server=127.0.0.1:${port}`,
    '--proxy-bypass-list=<-loopback>', // loopback addresses too belong to the world
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', // what avoids the proxy finds nothing
  ];
}

/** @param {number} port @returns {string[]} arguments by which every host, on whichever port, is the world */
function byNames(port) {
  return [
    '--no-proxy-server',
    `--host-resolver-rules=MAP * 127.0.0.1:${port}`,
    `--ip-address-space-overrides=127.0.0.1:${port}=public`, // or frames would wait until people let them into their network
  ];
}
