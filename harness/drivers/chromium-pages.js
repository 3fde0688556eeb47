/** What runs in pages of Chromium's, for its driver. */

/**
 * What the context menu would tell an extension of an element. Runs in the page.
 *
 * @param {string | null} selector the element; none for the page itself
 * @returns {object} what `contextMenus.onClicked` hands over
 */
export function describeTarget(selector) {
  const element = selector === null ? null : document.querySelector(selector);
  const link = element?.closest('a');
  const media = element instanceof HTMLImageElement || element instanceof HTMLMediaElement ? element : undefined;
  const selection = String(getSelection());
  return {
    frameId: 0,
    pageUrl: location.href,
    ...(link ? { linkUrl: link.href } : {}),
    ...(media ? { srcUrl: media.currentSrc || media.src } : {}),
    ...(selection ? { selectionText: selection } : {}),
  };
}

/**
 * Gives an extension access to sites. Runs in Chromium's own page of extensions.
 *
 * @param {string} extensionId
 * @param {'all' | 'none' | string} sites an origin, for access to that site alone
 */
export async function giveAccess(extensionId, sites) {
  /**
   * The interface of that page, which has no types.
   *
   * @typedef {object} Developer
   * @property {(change: object) => Promise<void>} updateExtensionConfiguration
   * @property {(id: string, pattern: string) => Promise<void>} addHostPermission
   */
  const developer = /** @type {{developerPrivate: Developer}} */ (/** @type {unknown} */ (chrome)).developerPrivate;
  const known = { all: 'ON_ALL_SITES', none: 'ON_CLICK' };
  const hostAccess = known[/** @type {keyof typeof known} */ (sites)] ?? 'ON_SPECIFIC_SITES';
  await developer.updateExtensionConfiguration({ extensionId, hostAccess });
  if (hostAccess === 'ON_SPECIFIC_SITES') await developer.addHostPermission(extensionId, `${sites}/*`);
}
