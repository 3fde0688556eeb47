// One engine in a process of its own: `node --expose-gc process.js PART WHAT ENGINE PLAN`, figures as JSON on stdout.
//
// WHAT is a function that the part's `measured.js` exports.

const [part, what = '', engineName, plan = ''] = process.argv.slice(2);
const measured = await import(`./${part}/measured.js`);
const { default: engine } = await import(`./${part}/engines/${engineName}.js`);
// What a program prints while it works is none of our output.
for (const way of /** @type {const} */ (['log', 'info', 'debug', 'warn'])) console[way] = () => undefined;
await engine.prepare?.();
const figures = await measured[what](engine, JSON.parse(plan));
process.stdout.write(JSON.stringify({ name: engine.name, ...figures }));
