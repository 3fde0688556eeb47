/**
 * Tells a page's scripts what the header `Sec-GPC` tells its host: what is learned of this person shall not be sold or
 * shared. Runs in the page's own world, before its scripts. https://www.w3.org/TR/gpc/#javascript-property
 *
 * A browser that says so by itself, as Firefox does where its own setting is on, is left as it is.
 */
const { globalPrivacyControl } = /** @type {{ globalPrivacyControl?: boolean }} */ (/** @type {unknown} */ (navigator));
if (globalPrivacyControl !== true) {
  const signal = {
    get globalPrivacyControl() {
      return true;
    },
  };
  Object.defineProperties(Navigator.prototype, Object.getOwnPropertyDescriptors(signal));
}
