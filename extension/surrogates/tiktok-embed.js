/**
 * Stands in for the script that turns embeds into frames. Pages that wait for it, and those that call it for embeds
 * that they put in later, go on; what the reader sees in the embeds' place is made by content/embeds.js, which watches
 * the page itself.
 */
(() => {
  // Only in a module is there no `this`: there a page could read our address in the stack of whatever we call or it
  // calls.
  if (this === undefined) return;

  const scope = /** @type {{ tiktokEmbed?: object }} */ (/** @type {unknown} */ (self));
  scope.tiktokEmbed ??= { lib: { render: () => undefined } };
})();
