import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { reset, world } from './fake-browser.js';

const { embedWords } = await import('../../extension/background/tiktok/embed-words.js');

const GERMAN = {
  language: { message: 'de' },
  embedPlay: { message: 'Hier einmal abspielen' },
  embedBy: { message: 'Ein Video von $user$ auf TikTok', placeholders: { user: { content: '$1' } } },
  noAccess: { message: 'nicht für Seiten' },
};

beforeEach(() => {
  reset();
  world.files.set('_locales/xa/messages.json', JSON.stringify(GERMAN));
  world.files.set('_locales/xa_BR/messages.json', JSON.stringify({ ...GERMAN, language: { message: 'xa-BR' } }));
});

test('a page’s language is spoken, with its region where there is one', async () => {
  const words = { embedPlay: 'Hier einmal abspielen', embedBy: 'Ein Video von $1 auf TikTok' };
  assert.deepEqual(await embedWords({ language: 'xa' }), { language: 'de', words });
  assert.deepEqual(await embedWords({ language: 'XA-at' }), { language: 'de', words });
  assert.equal((await embedWords({ language: 'xa-Latn-br' }))?.language, 'xa-BR');
});

test('the words that ship are read, and all of them are there', async () => {
  const english = await embedWords({ language: 'en-GB' });
  assert.equal(english?.words.embedBy, 'A video by $1 on TikTok');
  assert.equal(Object.keys(english?.words ?? {}).length, 9);
});

test('what Detick does not speak, and what is no language, is answered by nothing', async () => {
  for (const language of ['xx', '', '../../manifest.json#', 'a/b', 'english']) {
    assert.equal(await embedWords({ language }), undefined, language);
  }
});
