/**
 * The browsers' own developer tools: what they record of a page, in the words of each.
 *
 * An extension that sits in them (`developer-tools/`) asks them, as any extension may, and posts what they say to a
 * host of the world. The world answers when somebody wants to know what was recorded since, and only then it asks
 * again.
 *
 * @import { Session } from './session.js'
 * @import { Respond } from './world.js'
 */

import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { answer } from './world/hosts.js';
import { content } from './world/reply.js';

const EXTENSION = join(import.meta.dirname, 'developer-tools');

/** Where what was recorded arrives. The tools do not record it: no page asks for it. */
export const TOOLS_HOST = 'tools.example';

/**
 * What stands under `log` in a HAR, as far as it is looked at.
 *
 * @typedef {object} Recorded
 * @property {{id: string}[]} pages
 * @property {RecordedEntry[]} entries
 *
 * @typedef {object} RecordedEntry
 * @property {string} [_resourceType] Chromium's
 * @property {string} startedDateTime
 * @property {{method: string, url: string, postData?: {text?: string}}} request
 * @property {{status: number, headers: object[]}} response
 */

/**
 * @typedef {object} Tools
 * @property {Respond} respond what the world is started with
 * @property {(session: Session, page: import('puppeteer-core').Page) => Promise<void>} open opens the tools beside a
 *   page; they record once this ends
 * @property {() => readonly string[]} finished method and address of each request since then that is over
 * @property {() => Promise<Recorded>} recorded all that they have recorded. Asked for while requests are under way,
 *   Firefox takes them for unanswered ever after
 */

/**
 * @param {Respond} [respond] how all other hosts answer
 * @returns {Tools}
 */
export function developerTools(respond = answer) {
  const posted = new EventEmitter();
  /** @type {string[]} */
  let finished = [];
  /** @type {(() => void) | undefined} */
  let next;
  return {
    respond: async (arrival, log) => {
      if (arrival.host !== TOOLS_HOST) return respond(arrival, log);
      if (arrival.path === '/finished') finished.push(arrival.body);
      else
        await new Promise((resolve) => {
          next = () => resolve(undefined);
          posted.emit('recorded', JSON.parse(arrival.body));
        });
      return content('text/plain', '');
    },
    open: async ({ browser }, page) => {
      const isRecording = once(posted, 'recorded');
      await browser.puppeteer.installExtension(EXTENSION);
      await browser.openDeveloperTools(page);
      await isRecording;
      finished = [];
    },
    finished: () => finished,
    recorded: async () => {
      const answered = once(posted, 'recorded');
      next?.();
      const [log] = await answered;
      return log;
    },
  };
}
