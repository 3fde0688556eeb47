// The module worker: other scripts' declarations stay theirs, so they are run as text.
// biome-ignore lint/security/noGlobalEval: in the global scope, as `importScripts` would run it
const runGlobally = globalThis.eval;
for (const name of ['reading', 'reading-worker']) {
  runGlobally(await (await fetch(`/scripts/${name}.js`)).text());
}
