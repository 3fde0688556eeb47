/** How the pages of the attacks are written. */

/**
 * What the sites that attack end in. Each page is a site of its own, so that none waits for what another does in their
 * process.
 */
export const ATTACKERS = '.attacker';

const HOME = `https://www${ATTACKERS}`;
const PREFIX = '/say/';

/**
 * @param {string} type the content type
 * @param {string} body
 * @param {{status?: number, headers?: Record<string, string>}} [more]
 * @returns {string} a path on every host of the attacker's that answers so
 */
export function say(type, body, { status = 200, headers = {} } = {}) {
  const reply = { status, headers: { 'content-type': type, ...headers }, body };
  return PREFIX + Buffer.from(JSON.stringify(reply)).toString('base64url');
}

/**
 * @param {string} path
 * @returns {import('../../../harness/world/reply.js').Reply | undefined} what `say` wanted to be answered there
 */
export function said(path) {
  if (!path.startsWith(PREFIX)) return undefined;
  const { status, headers, body } = JSON.parse(Buffer.from(path.slice(PREFIX.length), 'base64url').toString());
  return { status, headers: { 'access-control-allow-origin': '*', 'cache-control': 'no-store', ...headers }, body };
}

/** For documents that have no address of their own to start from. @param {string} path @returns {string} */
export const absolute = (path) => HOME + path;

/** @param {number} status @param {string} url @returns {string} a path that is redirected to there */
export const hop = (status, url) => say('text/plain', '', { status, headers: { location: url } });

/** @param {string} body @param {Record<string, string>} [headers] @returns {string} a path with that page */
export const html = (body, headers) => say('text/html', `<!doctype html>${body}`, headers && { headers });

/** @param {string} code @returns {string} a path with that script */
export const js = (code) => say('text/javascript', code);

/** @param {string} css @returns {string} a path with that style sheet */
export const sheet = (css) => say('text/css', css);

/** @param {string} svg what is in it @returns {string} a path with that image */
export const svg = (svg) =>
  say(
    'image/svg+xml',
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${svg}</svg>`,
  );

/** @param {string} code may wait, and may fail @returns {string} an element that runs it */
export const script = (code) =>
  `<script>(async () => { ${code.replaceAll('</script', '<\\/script')} })().catch(() => 0)</script>`;

/** @param {string} text @returns {string} as an attribute's value in double quotes */
export const attribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** @param {string} path @returns {string} */
export const frame = (path) => `<iframe src="${path}"></iframe>`;

/** @param {string} body @returns {string} a frame with that document, which inherits what the page is */
export const srcdoc = (body) => `<iframe srcdoc="${attribute(body)}"></iframe>`;

/** @param {string} declarations @returns {string} an element that looks so */
export const styled = (declarations) => `<p style="${attribute(declarations)}">x</p>`;

/** @param {string} code @returns {string} an expression: the address of that script, which the page itself has made */
export const blob = (code, type = 'text/javascript') =>
  `URL.createObjectURL(new Blob([${JSON.stringify(code)}], { type: '${type}' }))`;
