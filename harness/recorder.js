/**
 * What a browser and the world said to each other, as HAR 1.2: as a proxy between them would write it, which knows
 * neither pages nor who asked, but what the headers say.
 *
 * @import { Arrival, Log } from './world/log.js'
 */

import { answer } from './world/hosts.js';

/** @typedef {ReturnType<typeof entryOf>} Entry */
/** @typedef {{ log: { version: string, creator: { name: string, version: string }, entries: Entry[] } }} Har */
/** @typedef {{ status: number, headers?: Record<string, string | string[]> }} Answered */

/**
 * @returns {{ respond: import('./world.js').Respond, har: () => Har }} what the world is started with, and what was
 *   recorded since
 */
export function recorder() {
  /** @type {Entry[]} */
  const entries = [];
  return {
    respond: async (/** @type {Arrival} */ arrival, /** @type {Log} */ log) => {
      const reply = await answer(arrival, log);
      entries.push(entryOf(arrival, /** @type {Answered} */ (reply)));
      return reply;
    },
    har: () => ({ log: { version: '1.2', creator: { name: "Detick's test world", version: '1' }, entries } }),
  };
}

/** @param {Arrival} arrival @param {Answered} reply */
function entryOf({ method, url, query, headers, body, time }, { status, headers: replied = {} }) {
  const told = pairs(headers);
  const answered = pairs(replied);
  const header = (/** @type {string} */ name) =>
    answered.find(({ name: called }) => called.toLowerCase() === name)?.value;
  return {
    startedDateTime: new Date(time).toISOString(),
    time: 0,
    request: {
      method,
      url,
      httpVersion: 'HTTP/1.1',
      cookies: (headers.cookie ?? '').split('; ').flatMap(cookieOf),
      headers: told,
      queryString: [...new URLSearchParams(query)].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: body.length,
      ...(body !== '' && { postData: { mimeType: headers['content-type'] ?? '', text: body } }),
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: answered
        .filter(({ name }) => name.toLowerCase() === 'set-cookie')
        .flatMap(({ value }) => cookieOf(value)),
      headers: answered,
      content: { size: 0, mimeType: header('content-type') ?? '' },
      redirectURL: header('location') ?? '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
  };
}

/** @param {Record<string, string | string[] | undefined>} headers */
function pairs(headers) {
  return Object.entries(headers).flatMap(([name, value = []]) =>
    [value].flat().map((one) => ({ name, value: String(one) })),
  );
}

/** @param {string} text `name=value`, and attributes behind it */
function cookieOf(text) {
  const [, name, value] = /^([^=;]+)=([^;]*)/.exec(text) ?? [];
  return name === undefined ? [] : [{ name, value: value ?? '' }];
}
