import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { isValid } from '../../scripts/json-schema.mjs';
import { adml, admx, PLACEHOLDER } from '../../scripts/policies.mjs';
import { reset } from './fake-browser.js';

const { POLICY_KINDS, POSSIBLE, understood } = await import('../../extension/stored/policy.js');
const settings = await import('../../extension/stored/settings.js');
const ownLines = await import('../../extension/stored/own-lines.js');

const read = (/** @type {string} */ path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** @type {{ properties: Record<string, any> }} */
const schema = JSON.parse(read('extension/managed_schema.json'));
const names = Object.keys(POLICY_KINDS);

describe('the schema', () => {
  test('names everything that an organisation may set, and nothing else', () => {
    assert.deepEqual(Object.keys(schema.properties).sort(), names.sort());
  });

  for (const name of names) {
    test(`says of ${name} what Detick takes`, () => {
      const known = schema.properties[name];
      const values = POSSIBLE[/** @type {keyof typeof POSSIBLE} */ (name)];
      for (const value of known.type === 'array' ? [values, []] : values) {
        assert.deepEqual(understood({ [name]: value }).problems, []);
        assert.ok(isValid({ [name]: value }, schema), JSON.stringify(value));
      }
      if (known.enum) assert.deepEqual(values, known.enum);
      assert.equal(isValid({ [name]: 7 }, schema), false);
    });
  }
});

describe('what cannot be', () => {
  test('is told with its place, its value and values that can be', () => {
    const { problems } = understood({ level: 'lockdown', badge: 'no', paused: 'news.example', gpc: null });
    assert.deepEqual(problems, [
      { place: 'level', found: '"lockdown"', possible: '"auto", "pixels", "visitor", "lockout"' },
      { place: 'badge', found: '"no"', possible: 'true, false' },
      { place: 'paused', found: '"news.example"', possible: '[{"host":"news.example","until":0}]' },
      { place: 'gpc', found: 'null', possible: 'true, false' },
    ]);
  });

  test('a name that nothing has is told; so is one of JavaScript’s own', () => {
    assert.deepEqual(understood({ levle: 'auto', toString: 1 }).problems, [{ place: 'levle' }, { place: 'toString' }]);
  });

  test('in a list costs itself alone', () => {
    const { settings: set, names: locked, problems } = understood({ linksOff: ['a.example', '*.b', 7], badge: 1 });
    assert.deepEqual(set, { linksOff: ['a.example'] });
    assert.deepEqual(locked, ['linksOff']);
    assert.deepEqual(
      problems.map(({ place }) => place),
      ['linksOff[1]', 'linksOff[2]', 'badge'],
    );
  });

  test('is shown as far as helps to find it', () => {
    const [problem] = understood({ level: 'x'.repeat(10_000) }).problems;
    assert.ok((problem?.found ?? '').length < 100);
  });
});

describe('what is set', () => {
  const before = chrome.storage.managed;
  /** @type {Record<string, unknown>} */
  let set = {};
  beforeEach(() => {
    reset();
    Object.assign(chrome.storage, { managed: { get: async () => set } });
  });
  afterEach(() => Object.assign(chrome.storage, { managed: before }));

  test('stands above the person’s, which comes back when it is no longer set', async () => {
    await settings.update((now) => ({ ...now, badge: true, keep: [{ host: 'mine.example', name: 'q' }] }));
    await ownLines.save('||mine.example^');
    set = { badge: false, keep: [{ host: 'kept.example', name: 'ref' }], ownLines: ['! ours', '||ours.example^'] };
    const { badge, keep } = await settings.load();
    assert.deepEqual([badge, keep], [false, set.keep]);
    assert.equal(await ownLines.load(), '! ours\n||ours.example^');
    assert.equal(await ownLines.own(), '||mine.example^');
    assert.deepEqual((await settings.managedNames()).sort(), ['badge', 'keep', 'ownLines']);
    set = {};
    assert.equal((await settings.load()).badge, true);
    assert.equal(await ownLines.load(), '||mine.example^');
  });

  test('a list is on and not trusted unless it says otherwise', async () => {
    const [one, other] = ['https://lists.example/1.txt', 'https://lists.example/2.txt'];
    set = { lists: [{ url: one }, { url: other, trusted: true }] };
    assert.deepEqual((await settings.load()).lists, [
      { url: one, on: true, trusted: false },
      { url: other, on: true, trusted: true },
    ]);
  });

  test('no lines, and no lists, are a choice too', async () => {
    await ownLines.save('||mine.example^');
    set = { ownLines: [], lists: [] };
    assert.equal(await ownLines.load(), '');
    assert.deepEqual(await settings.managedNames(), ['lists', 'ownLines']);
  });
});

describe('for administrators', () => {
  test('the samples keep to the schema, and Detick has nothing against them', () => {
    const chrome = Object.values(JSON.parse(read('docs/managed-policy.chrome.json'))['3rdparty'].extensions)[0];
    const { gecko } = JSON.parse(read('extension/manifest.json')).browser_specific_settings;
    const firefox = JSON.parse(read('docs/managed-policy.firefox.json')).policies['3rdparty'].Extensions[gecko.id];
    assert.deepEqual(firefox, chrome);
    assert.ok(isValid(firefox, { ...schema, additionalProperties: false }));
    assert.deepEqual(understood(firefox).problems, []);
  });

  test('the page about it names every setting', () => {
    const page = read('docs/managed-policy.md');
    for (const name of names) assert.ok(page.includes(`\`${name}\``), name);
  });

  test('the templates are those of the schema: `npm run policies` writes them', () => {
    assert.equal(read('docs/policy/detick.admx'), admx({ chrome: PLACEHOLDER, edge: PLACEHOLDER }));
    assert.equal(read('docs/policy/en-US/detick.adml'), adml());
  });

  test('the templates set each setting in both browsers, where the browser looks for it', () => {
    const policies = elements(admx({ chrome: 'c'.repeat(32), edge: 'e'.repeat(32) }));
    for (const [browser, key] of [
      ['chrome', `Software\\Policies\\Google\\Chrome\\3rdparty\\extensions\\${'c'.repeat(32)}\\policy`],
      ['edge', `Software\\Policies\\Microsoft\\Edge\\3rdparty\\extensions\\${'e'.repeat(32)}\\policy`],
    ]) {
      for (const [name, { type, enum: values, items }] of Object.entries(schema.properties)) {
        const policy = policies.find(({ tag, has }) => tag === 'policy' && has.name === `${browser}_${name}`);
        const inside = (/** @type {string} */ tag) =>
          policies.filter((one) => one.tag === tag && one.of.includes(policy));
        assert.equal(policy?.has.key, key, name);
        if (type === 'boolean') {
          const sets = inside('decimal').map(({ has, of }) => [of.at(-1)?.tag, has.value]);
          assert.equal(policy?.has.valueName, name);
          assert.deepEqual(sets, [
            ['enabledValue', '1'],
            ['disabledValue', '0'],
          ]);
        } else if (values) {
          assert.equal(inside('enum')[0]?.has.valueName, name);
          assert.deepEqual(
            inside('string').map(({ text }) => text),
            values,
          );
        } else if (items.type === 'string') {
          assert.equal(inside('list')[0]?.has.key, `${key}\\${name}`);
        } else assert.equal(inside('text')[0]?.has.valueName, name);
      }
    }
  });

  test('the templates name only words and controls that there are, and use all of them', () => {
    const template = admx({ chrome: PLACEHOLDER, edge: PLACEHOLDER });
    const [policies, words] = [elements(template), elements(adml())];
    for (const kind of ['string', 'presentation']) {
      const used = [...template.matchAll(new RegExp(`\\$\\(${kind}\\.(\\w+)\\)`, 'g'))].map(([, id]) => id);
      const there = words.filter(({ tag, of }) => tag === kind && of.at(-1)?.tag === `${kind}Table`);
      assert.deepEqual([...new Set(used)].sort(), there.map(({ has }) => has.id).sort());
    }
    const controls = words.flatMap(({ has }) => has.refId ?? []);
    assert.ok(controls.length > 5);
    for (const id of controls) {
      const elements = policies.filter(({ has, of }) => has.id === id && of.at(-1)?.tag === 'elements');
      assert.equal(elements.length, 2, id);
    }
  });
});

/** @typedef {{ tag: string, has: Record<string, string>, of: (Element | undefined)[], text: string }} Element */

/** @param {string} xml @returns {Element[]} all of them, each with those that it is in; an error if it is not well-formed */
function elements(xml) {
  /** @type {Element[]} */
  const all = [];
  /** @type {Element[]} */
  const open = [];
  const [, body = ''] = /^<\?xml [^<>]*\?>\n(.*)\n$/s.exec(xml) ?? [];
  const tokens = body.matchAll(/<\/(\w+)>|<(\w+)((?: \w+="[^"<&]*")*)(\/?)>|([^<>]+)|./gs);
  for (const [token, end, tag, attributes = '', alone, text] of tokens) {
    if (text !== undefined) {
      assert.doesNotMatch(text, /&(?!amp;|lt;|gt;)/);
      for (const one of open) one.text += text;
    } else if (end !== undefined) assert.equal(open.pop()?.tag, end);
    else {
      assert.ok(tag !== undefined, `"${token}" is out of place`);
      const has = Object.fromEntries(
        [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
      );
      const element = { tag, has, of: [...open], text: '' };
      all.push(element);
      if (!alone) open.push(element);
    }
  }
  assert.deepEqual(open, []);
  return all;
}
