/**
 * Sends the rows of `tests/requests.json` from real pages.
 *
 * @typedef {object} Row
 * @property {string} url
 * @property {string} sourceUrl
 * @property {string} type
 * @property {string} [method]
 * @property {'block' | 'allow' | 'redirect' | 'none'} verdict
 * @property {string} why
 */

/** Request types that a page can be made to send. */
const PLAYABLE = new Set([
  'beacon',
  'font',
  'image',
  'media',
  'object',
  'ping',
  'script',
  'stylesheet',
  'sub_frame',
  'websocket',
  'xmlhttprequest',
]);

/**
 * @param {Row} row
 * @returns {boolean} whether a page in a browser can send exactly this request
 */
export function isPlayable({ url, sourceUrl, type, method = 'GET' }) {
  const isMixed = sourceUrl.startsWith('https:') && /^(http|ws):/.test(url);
  const isSimple = type !== 'xmlhttprequest' || ['GET', 'HEAD', 'POST'].includes(method);
  const namesUser = new URL(url).username !== ''; // pages may not send those
  return PLAYABLE.has(type) && isSimple && !isMixed && !namesUser;
}

/**
 * Sorts rows into batches that one page can send at once: of one site, each address once, and frames apart, because
 * what they load sends requests of its own.
 *
 * @param {Row[]} rows
 * @returns {Row[][]}
 */
export function inBatches(rows) {
  /** @type {Map<string, Row[]>} */
  const batches = new Map();
  for (const row of rows) {
    const kind = `${new URL(row.sourceUrl).origin} ${row.type === 'sub_frame' ? 'frames' : 'others'}`;
    let key = kind;
    for (let copy = 1; batches.get(key)?.some(({ url }) => url === row.url); copy += 1) key = `${kind} ${copy}`;
    batches.set(key, [...(batches.get(key) ?? []), row]);
  }
  return [...batches.values()];
}

/**
 * Sends requests. Runs in the page.
 *
 * @param {{url: string, type: string, method?: string | undefined}[]} rows
 */
export function sendAll(rows) {
  /** @type {(tag: string, attributes: Record<string, string>) => void} */
  const insert = (tag, attributes) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    document.body.append(element);
  };
  // What comes of a request is the log's to tell: here both success and failure are silent.
  const silent = () => undefined;
  /** @type {Record<string, (url: string, method: string) => void>} */
  const senders = {
    beacon: (url) => navigator.sendBeacon(url, '{}'),
    font: (url) => new FontFace('any', `url(${JSON.stringify(url)})`).load().then(silent, silent),
    image: (url) => insert('img', { src: url }),
    media: (url) => insert('video', { src: url, preload: 'auto' }),
    object: (url) => insert('object', { data: url }),
    ping: (url) => navigator.sendBeacon(url, '{}'),
    script: (url) => insert('script', { src: url }),
    stylesheet: (url) => insert('link', { rel: 'stylesheet', href: url }),
    sub_frame: (url) => insert('iframe', { src: url }),
    websocket: (url) => new WebSocket(url),
    xmlhttprequest: (url, method) =>
      fetch(url, { method, mode: 'no-cors', credentials: 'include' }).then(silent, silent),
  };
  for (const { url, type, method = 'GET' } of rows) senders[type]?.(url, method);
}
