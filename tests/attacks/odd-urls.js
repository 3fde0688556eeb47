/** Odd addresses, made from the lines of the filter lists: the same seed gives the same ones everywhere. */

import { readFileSync } from 'node:fs';

const lines = ['links', 'share', 'referral'].flatMap((name) =>
  readFileSync(new URL(`../../filters/${name}.txt`, import.meta.url), 'utf8').split('\n'),
);

/** Parameters that are taken out of links. */
const NAMES = [...new Set(lines.flatMap((line) => /removeparam=([\w.-]+)/.exec(line)?.[1] ?? []))];

/** Addresses that lead on, up to the value that says where to. */
const REDIRECTORS = lines.flatMap((line) => {
  const [, pattern, name] = /^\|\|([\w.-]+[\w./-]*)[^$]*\$urlskip=\?(\w+)/.exec(line) ?? [];
  return pattern ? [`${pattern}${pattern.includes('/') ? '' : '/'}?${name}=`] : [];
});

const PLACES = [
  ...'shop.example www.tiktok.com vm.tiktok.com a.b.c.co.uk xn--mnchen-3ya.de EXAMPLE.com example.com. 203.0.113.9 [2001:db8::1]'.split(
    ' ',
  ),
];
const PRIVATE = [
  ...'localhost 127.0.0.1 10.0.0.1 192.168.1.1 172.16.0.9 169.254.169.254 100.64.0.1 0.0.0.0 printer router.lan nas.local'.split(
    ' ',
  ),
  ...'2130706433 0x7f.1 127.1 0300.0250.1 [::1] [fd00::1] [fe80::1] [::ffff:10.0.0.1] localhost. 127.0.0.1.'.split(' '),
  // IPv4 inside of IPv6: translated (NAT64), tunnelled (6to4, Teredo, ISATAP), compatible. And the site-local of
  // before.
  ...'[64:ff9b::a00:1] [64:ff9b::192.168.0.1] [64:ff9b:1::a00:1] [2002:a00:1::1] [2002:c0a8:1::] [2001::a00:1]'.split(
    ' ',
  ),
  ...'[2606:4700::5efe:10.0.0.1] [2606:4700::200:5efe:a00:1] [::10.0.0.1] [::127.0.0.1] [fec0::1] [FEFF::1]'.split(' '),
  ...'198.18.0.1 192.0.0.8 240.0.0.1 255.255.255.255 224.0.0.1 [ff02::1] [100::1]'.split(' '),
];
const SCHEMES = [
  'https://',
  'http://',
  'HTTPS://',
  'https:/',
  'https:\\\\',
  '//',
  'ftp://',
  'javascript:',
  'data:text/html,',
  'file:///',
];
const PIECES = [
  '/',
  '//',
  '/..',
  '/%2e%2e',
  '/a b',
  '/ä',
  '/%',
  '/%zz',
  '\\',
  ';x=1',
  '/@user',
  ':',
  '|',
  '"',
  "'",
  '<',
  '%00',
  '%0a',
  '\u200b',
  '\u{1F600}',
];
const ENDS = ['', '', '#', '#a=1&utm_source=x', '#/?utm_source=x', '#:~:text=x', '?', '&', '=', '?utm_source=x'];

/**
 * @param {number} seed
 * @returns {() => number} the next number from 0 to 1 (mulberry32)
 */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @param {number} seed
 * @param {number} count
 * @returns {Generator<string>} so many addresses; some are none
 */
export function* oddUrls(seed, count) {
  const random = randomFrom(seed);
  /** @type {<T>(list: T[]) => T} */
  const one = (list) => /** @type {any} */ (list[Math.floor(random() * list.length)]);
  const often = (/** @type {number} */ share) => random() < share;
  const many = (/** @type {number} */ most, /** @type {() => string} */ make) =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, make).join('');

  const pair = () => {
    const name = often(0.6) ? one(NAMES) : one(['id', 'q', 'A', '', 'url', 'u[]']);
    const written = often(0.1) ? name.replace(/^./, (letter) => `%${letter.charCodeAt(0).toString(16)}`) : name;
    return (
      one(['&', '&', '&', ';', '&&', '?']) +
      written +
      one(['=', '=', '=', '', '==']) +
      one(['1', '', 'x%26y', '%', 'ä', one(PIECES)])
    );
  };
  const scheme = () => (often(0.9) ? one(['https://', 'http://']) : one(SCHEMES));
  const user = () => (often(0.05) ? one(['user@', 'user:pass@', 'www.tiktok.com@', ':@', '%40@']) : '');
  const port = () => (often(0.1) ? one([':443', ':80', ':8443', ':', ':0', ':65535']) : '');
  const target = () =>
    scheme() +
    user() +
    one(often(0.3) ? PRIVATE : PLACES) +
    port() +
    many(2, () => one(PIECES)) +
    (often(0.4) ? `?${many(3, pair)}` : '');
  const encoded = (/** @type {string} */ text) =>
    one([
      encodeURIComponent,
      encodeURI,
      String,
      (/** @type {string} */ each) => encodeURIComponent(encodeURIComponent(each)),
    ])(text);
  const place = () => `${one(PLACES)}${port()}/${many(3, () => one(PIECES))}?${pair()}`;
  const redirector = () =>
    one(REDIRECTORS) + encoded(often(0.1) ? `https://${one(REDIRECTORS)}${encoded(target())}` : target());

  for (let index = 0; index < count; index += 1) {
    yield scheme() + user() + (often(0.4) ? redirector() : place()) + many(4, pair) + one(ENDS);
  }
}

/**
 * @param {string} host as `URL` writes it
 * @returns {boolean} whether it is on the person's own machine or network
 */
export function isPrivate(host) {
  const name = host.replace(/\.$/, '');
  if (name.startsWith('[')) return !/^\[[23]...:/.test(name) || /^\[(2002|2001:[01]?.?.?):|:(200:)?5efe:/.test(name);
  if (/^[\d.]+$/.test(name))
    return /^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168|192\.0\.0|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|198\.1[89]|2(2[4-9]|[3-5]\d))\./.test(
      name,
    );
  return !name.includes('.') || /\.(localhost|local|lan|internal)$/.test(name);
}
