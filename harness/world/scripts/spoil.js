// Spoils what a careless script in this page would use.
for (const [owner, names] of [
  [Array.prototype, ['includes', 'some', 'every', 'map', 'find', 'filter']],
  [String.prototype, ['endsWith', 'replace', 'includes', 'trim']],
  [JSON, ['parse', 'stringify']],
  [Object, ['keys', 'entries', 'assign']],
  [Element.prototype, ['attachShadow', 'closest', 'setAttribute', 'after', 'remove']],
  [Document.prototype, ['querySelectorAll', 'createElement']],
  [RegExp.prototype, ['test', 'exec']],
]) {
  for (const name of names) {
    owner[name] = () => {
      window.caught = (window.caught ?? 0) + 1;
      throw new Error(`spoilt: ${name}`);
    };
  }
}
window.MutationObserver = class {};
window.requestAnimationFrame = () => 0;
// What an object has not got of its own comes from here.
for (const name of ['paused', 'embeds', 'embedSites', 'level', 'ok', 'value']) {
  Reflect.defineProperty(Object.prototype, name, { value: 'load', configurable: true, writable: true });
}
window.chrome = { runtime: { sendMessage: () => undefined } };
window.browser = window.chrome;
