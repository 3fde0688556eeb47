/** Following links that lead elsewhere than they say. */

/**
 * Goes to an address from which the tab is led on: by a server, or by Detick, which cleans it on the way. Drivers call
 * it an interruption; where it led is the caller's to see.
 *
 * @param {import('puppeteer-core').Page} page
 * @param {string} link
 * @returns {Promise<void>}
 * @throws {Error} if the browser could not go at all
 */
export async function followLink(page, link) {
  try {
    await page.goto(link);
  } catch (error) {
    if (!/ERR_ABORTED|_ABORT|interrupted/.test(String(error))) throw error;
    if (!/interrupted/.test(String(error))) return;
    // It goes on to where it was led, which Firefox's driver mostly, but not always, takes for the same navigation.
    await page.waitForFunction(() => location.href !== 'about:blank' && document.readyState === 'complete');
  }
}
