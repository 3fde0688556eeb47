/**
 * How messages between our own scripts are sent and answered, also in failure. Which there are, and who may send them,
 * is in protocol.js; who answers them, in background.js.
 *
 * @import { Answer, Messages } from '../types.js'
 */

import { api } from './browser.js';
import { admit } from './protocol.js';

/**
 * @template {keyof Messages} Name
 * @typedef {(payload: Messages[Name][0], sender: chrome.runtime.MessageSender) => Messages[Name][1] | Promise<Messages[Name][1]>} Handler
 */

/** @typedef {{ [Name in keyof Messages]: Handler<Name> }} Handlers */

/**
 * Answers messages. To be called synchronously when the background starts.
 *
 * @param {Partial<Handlers>} handlers
 */
export function serve(handlers) {
  api.runtime.onMessage.addListener((message, sender, reply) => {
    answer(handlers, message, sender).then(reply);
    return true;
  });
}

/**
 * The answer to one message; never throws.
 *
 * @param {Partial<Handlers>} handlers
 * @param {unknown} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<Answer<unknown>>}
 */
export async function answer(handlers, message, sender) {
  try {
    const { name, payload } = read(message);
    admit(name, payload, sender);
    if (!Object.hasOwn(handlers, name)) throw new Error(`"${name}" is not answered here.`);
    const handler = /** @type {(payload: unknown, sender: chrome.runtime.MessageSender) => unknown} */ (
      handlers[/** @type {keyof Messages} */ (name)]
    );
    return { ok: true, value: await handler(payload, sender) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {unknown} message */
function read(message) {
  const { name, payload } = /** @type {{ name?: unknown, payload?: unknown }} */ (message ?? {});
  if (typeof name !== 'string') throw new Error('A message needs a name.');
  return { name, payload };
}

/**
 * Asks the background.
 *
 * @template {keyof Messages} Name
 * @param {Name} name
 * @param {Messages[Name][0]} payload
 * @returns {Promise<Messages[Name][1]>}
 * @throws {Error} with the sentence that the background answered.
 */
export async function ask(name, payload) {
  /** @type {Answer<Messages[Name][1]> | undefined} */
  const reply = await api.runtime.sendMessage({ name, payload });
  if (!reply) throw new Error('Detick did not answer.');
  if (!reply.ok) throw new Error(reply.error);
  return reply.value;
}
