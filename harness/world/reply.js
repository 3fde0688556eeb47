/**
 * The answers a host of the world can give.
 *
 * @typedef {object} Reply
 * @property {number} status
 * @property {Record<string, string | string[]>} headers
 * @property {string | Buffer | import('node:stream').Readable} body a stream goes out piece by piece; where it fails,
 *   the answer breaks off
 */

import { readdirSync, readFileSync } from 'node:fs';

/** Nothing may come from a cache: every visit has to show in the log. */
const FRESH = { 'cache-control': 'no-store' };

const SCRIPTS = new Set(readdirSync(new URL('scripts/', import.meta.url)));

/** A transparent GIF of one pixel. */
const DOT = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/**
 * An answer of any type.
 *
 * @param {string} type the content type
 * @param {Reply['body']} body
 * @param {Record<string, string | string[]>} [headers]
 * @returns {Reply}
 */
export function content(type, body, headers = {}) {
  return { status: 200, headers: { 'content-type': type, ...FRESH, ...headers }, body };
}

/**
 * A page from `pages/`, with `{{name}}` filled in.
 *
 * @param {string} file its name
 * @param {Record<string, string>} [values]
 * @param {Record<string, string | string[]>} [headers]
 * @returns {Reply}
 */
export function page(file, values = {}, headers = {}) {
  const text = readFileSync(new URL(`pages/${file}`, import.meta.url), 'utf8');
  const filled = text.replace(/\{\{(\w+)\}\}/g, (_, name) => escapeHtml(values[name] ?? ''));
  return content('text/html; charset=utf-8', filled, headers);
}

/**
 * A script from `scripts/`.
 *
 * @param {string} file its name
 * @param {Record<string, string | string[]>} [headers]
 * @returns {Reply} a 404 for any other name
 */
export function script(file, headers = {}) {
  if (!SCRIPTS.has(file)) return notFound();
  return content('text/javascript; charset=utf-8', readFileSync(new URL(`scripts/${file}`, import.meta.url)), headers);
}

/**
 * @param {unknown} value
 * @param {Record<string, string | string[]>} [headers]
 * @returns {Reply}
 */
export function json(value, headers = {}) {
  return content('application/json', JSON.stringify(value), headers);
}

/**
 * @param {Record<string, string | string[]>} [headers]
 * @returns {Reply}
 */
export function dot(headers = {}) {
  return content('image/gif', DOT, headers);
}

/**
 * @param {string} location
 * @param {Record<string, string | string[]>} [headers]
 * @returns {Reply}
 */
export function redirect(location, headers = {}) {
  return { status: 302, headers: { location, ...FRESH, ...headers }, body: '' };
}

/** @returns {Reply} */
export function notFound() {
  return { status: 404, headers: { 'content-type': 'text/plain', ...FRESH }, body: 'No such page in this world.\n' };
}

/**
 * The headers that let the page at `request`'s origin read the answer, cookies included, as TikTok's endpoints do.
 *
 * @param {import('./log.js').Arrival} request
 * @returns {Record<string, string>}
 */
export function readableBy(request) {
  return {
    'access-control-allow-origin': request.headers.origin ?? '*',
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': 'content-type',
  };
}

/**
 * @param {string} text
 * @returns {string}
 */
function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
