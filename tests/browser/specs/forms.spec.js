// What a form sends is no link: it arrives as it was sent.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BROWSER, openSession, visit } from '../../../harness/session.js';
import { content, page } from '../../../harness/world/reply.js';

const FORM = '<!doctype html><title>A form</title><form method="post"><input name="mail" value="a@b.example"></form>';

describe(`${BROWSER}: forms`, () => {
  const session = openSession('with Detick', ({ host }) =>
    host === 'forms.example' ? content('text/html', FORM) : page('plain.html', { title: 'Thank you' }),
  );

  for (const action of [
    'https://shop.example/order?id=1&utm_source=x&fbclid=y',
    'https://shop.example/order?flag&utm_source=x',
    'https://www.facebook.com/l.php?u=https%3A%2F%2Fdestination.example%2F&h=x',
    'https://www.tiktok.com/link/v2?target=https%3A%2F%2Fdestination.example%2F',
    'https://www.tiktok.com/feedback?_r=1&_t=2',
  ]) {
    it(`${action} is sent as it is`, async () => {
      const { page: form } = await visit(session, 'https://forms.example/');
      session.world.log.clear();
      await form.evaluate(send, action);
      const { host, pathname } = new URL(action);
      const { method, url, body } = await session.world.log.arrival(host, pathname);
      assert.deepEqual({ method, url, body }, { method: 'POST', url: action, body: 'mail=a%40b.example' });
      assert.deepEqual(session.world.log.to('destination.example'), []);
    });
  }
});

/** Runs in the page. @param {string} action */
function send(action) {
  const form = /** @type {HTMLFormElement} */ (document.querySelector('form'));
  form.action = action;
  form.submit();
}
