/** Lines of the person's own that let something through on one site: what "Allow here" writes, and takes back. */

/** Signs that mean something in a line. */
export const MEANINGFUL = /[*^$|,\s]/;

/**
 * The narrowest line that lets a request through on one site.
 *
 * @param {string} site
 * @param {string} host that is asked
 * @param {string} [path] of the request; without it, or with signs in it that mean something in a line, the whole host
 * @returns {string}
 */
export function lineFor(site, host, path = '') {
  const isPlain = path.length > 1 && !MEANINGFUL.test(path);
  return `@@||${host}${isPlain ? path : '^'}${endOf(site)}`;
}

/** @param {string} site */
const endOf = (site) => `$domain=${site}`;

/**
 * What such lines allow on a site.
 *
 * @param {string} lines the person's own
 * @param {string} site
 * @returns {{ line: string, what: string }[]} each with the host, and the path, that it is about
 */
export function allowedOn(lines, site) {
  const found = [...new Set(lines.split('\n').map((line) => line.trim()))].filter((line) => isLineOf(line, site));
  return found.map((line) => ({ line, what: line.slice('@@||'.length, -endOf(site).length).replace(/\^$/, '') }));
}

/**
 * Whether a line lets something through on this one site.
 *
 * @param {string} line
 * @param {string} site
 */
export function isLineOf(line, site) {
  return line.startsWith('@@||') && line.endsWith(endOf(site)) && line.indexOf('$') === line.lastIndexOf('$');
}

/** @param {string} lines @param {string} line @returns {string} with the line at their end, once */
export function withLine(lines, line) {
  const others = withoutLine(lines, line);
  const separator = others === '' || others.endsWith('\n') ? '' : '\n';
  return `${others}${separator}${line}\n`;
}

/** @param {string} lines @param {string} line @returns {string} without it, wherever it stands */
export function withoutLine(lines, line) {
  return lines
    .split('\n')
    .filter((one) => one.trim() !== line)
    .join('\n');
}
