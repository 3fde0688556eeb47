// Examples of what others' rules are about: addresses that a pattern or a regular expression matches.

/** Any page's host, for patterns that name none. */
export const ANY_HOST = 'shop.example';

/** Where the example of a redirector leads. */
export const DESTINATION = 'https://destination.example/goods?id=123';

/**
 * An address that a pattern of a filter list matches.
 *
 * @param {string} pattern `||shop.example/a*^b=`, `/regex/`, or nothing
 * @param {string} [host] of the example, where the pattern names none
 * @returns {string | undefined} nothing where none can be made
 */
export function addressOf(pattern, host = ANY_HOST) {
  if (isRegex(pattern)) return addressesOf(pattern.slice(1, -1), host)[0];
  const text = pattern.replace(/\|$/, '').replace(/^\|(?!\|)/, '');
  const [, begin = '', rest = ''] = /^(\|\||https?:\/\/|:\/\/)?(.*)$/.exec(text) ?? [];
  const named = begin !== '' || STARTS_WITH_HOST.test(rest);
  const path = rest.replace(/^\*(?=$|[/?^&])/, '');
  const slash = named || /^(?:[/?^&]|$)/.test(path) ? '' : /^[\w-]+=/.test(path) ? '/?' : '/';
  const [, name = '', after = ''] = /^([^/?^&]*)(.*)$/.exec(named ? rest : `${host}${slash}${path}`) ?? [];
  const spelt = name
    .replace(/^\*\.?/, 'www.')
    .replace(/\.\*?$/, '.com')
    .replaceAll('*', 'x')
    .replace(/-$/, '-x.com');
  return parsed(`https://${spelt}${separated(after.replaceAll('*', 'x'))}`);
}

/** A pattern may begin with a host without saying so. */
const STARTS_WITH_HOST = /^(?:[\w-]+\.)+(?:com|net|org|io|[a-z]{2})(?=$|[/^])/i;

/** @param {string} pattern */
export function isRegex(pattern) {
  return pattern.length > 2 && pattern.startsWith('/') && pattern.endsWith('/');
}

/**
 * Writes for each `^` what separates there.
 *
 * @param {string} path
 */
function separated(path) {
  let text = '';
  for (const char of path) {
    const mark = text.includes('?') ? '&' : '?';
    if (char === '^') text += text !== '' ? mark : /^\^[\w-]+=/.test(path) ? '/?' : '/';
    else text += char === '&' && mark === '?' ? '?x=1&' : char;
  }
  // A name before an ending is needed, a separator at the end is not.
  return text
    .replace(/[?&]$/, '')
    .replace(/^(?!\/)/, '/')
    .replace(/\/(?=\.\w)/, '/x');
}

/** @param {string} text @returns {string | undefined} the text, if it is an address of a site */
function parsed(text) {
  return URL.canParse(text) && /\.[a-z0-9-]*[a-z]$/.test(new URL(text).hostname) ? text : undefined;
}

/** What `.*` may stand for between the parts of an address that an expression names. */
const FILLS = ['/?', '?', '/x?', '/x?x=1&', '', '/', '&', 'x'];

/** What `exampleOf` makes of an expression for the endings of all countries. */
const ANY_ENDING = /^((?:https?)?:\/\/[^/?#]*)\.aa(?=[/?#]|$)/;

/**
 * Addresses that a regular expression finds.
 *
 * @param {string} source
 * @param {string} host for expressions that do not begin with a scheme
 * @param {string} [group] what its first group finds
 * @returns {string[]} in which `.*` stands for different things; none where none can be made
 */
export function addressesOf(source, host, group) {
  const fills = group === undefined ? ['', ...FILLS] : FILLS;
  // What stands before the host is part of a host's name at most.
  const named = source.replace(/(:\\?\/\\?\/)\.[*+]\??/, '$1');
  const found = fills.flatMap((fill) => {
    const text = exampleOf(named, fill, group)
      .replace(ANY_ENDING, '$1.com')
      .replace(/^:\/\//, 'https://');
    const link = /^https?:/.test(text) ? text : `https://${beginning(text, host)}${text}`;
    return parsed(link) && finds(source, link) && isPlain(link, group) ? link : [];
  });
  return [...new Set(found)];
}

/** @param {string} text @param {string} host */
function beginning(text, host) {
  if (STARTS_WITH_HOST.test(text)) return '';
  return /^[/?]/.test(text) ? host : `${host}/`;
}

/**
 * Whether a group stands where sites write things: as a parameter's value, or as a part of the path.
 *
 * @param {string} link
 * @param {string} [group]
 */
function isPlain(link, group) {
  if (group === undefined) return true;
  const before = link.slice('https://'.length).split(group)[0] ?? '';
  return /^[^/?&]+(?:\/[^/?&]+)*\/?(?:\?(?:[^/?&]+&)*[^/?&]*=?)?$/.test(before) && /[/?=]$/.test(before);
}

/** How often `+` repeats a letter: as often as identifiers have letters. */
const LENGTH = 8;

/** @param {string} source @param {string} text */
function finds(source, text) {
  try {
    return new RegExp(source, 'i').test(text);
  } catch {
    return false;
  }
}

/**
 * A text that a regular expression finds.
 *
 * @param {string} source
 * @param {string} [fill] what `.*` finds
 * @param {string} [group] what its first group finds, if not what is written in it
 */
export function exampleOf(source, fill = '', group = undefined) {
  let at = 0;
  let left = group;

  /** @returns {string} of the first alternative, up to the end of the group */
  function alternatives() {
    const first = sequence();
    while (source[at] === '|') {
      at++;
      sequence();
    }
    return first;
  }

  function sequence() {
    let text = '';
    while (at < source.length && source[at] !== '|' && source[at] !== ')') text += repeated(atom());
    return text;
  }

  /** @returns {{ text: string, kind: 'char' | 'any' | 'group' }} */
  function atom() {
    const char = source[at++] ?? '';
    if (char === '(') return { text: inGroup(), kind: 'group' };
    if (char === '[') return { text: ofClass(), kind: 'char' };
    if (char === '\\') return { text: escaped(source[at++] ?? ''), kind: 'char' };
    if (char === '.') return { text: 'x', kind: 'any' };
    return { text: char === '^' || char === '$' ? '' : char, kind: 'char' };
  }

  function inGroup() {
    const [mark = ''] = /^\?(?:[:=!]|<[=!]|<\w+>)/.exec(source.slice(at)) ?? [];
    at += mark.length;
    const given = mark === '' ? left : undefined;
    if (given !== undefined) left = undefined;
    const text = alternatives();
    at++;
    if (/^\?<?[=!]/.test(mark)) return '';
    return given ?? text;
  }

  function ofClass() {
    const [body = ''] = /^\^?\]?(?:\\.|[^\]\\])*\]/.exec(source.slice(at)) ?? [];
    at += body.length;
    return LETTERS.find((char) => finds(`^[${body}$`, char)) ?? '';
  }

  /** @param {ReturnType<typeof atom>} atom */
  function repeated({ text, kind }) {
    const [all = '', mark = '', least = ''] = /^([*+?]|\{(\d+)[^}]*\})[?+]?/.exec(source.slice(at)) ?? [];
    at += all.length;
    if (mark === '' && kind === 'any') return '.';
    if (mark === '*') return kind === 'any' ? fill : kind === 'group' ? '' : text;
    if (mark === '+') return kind === 'any' ? fill || text : kind === 'char' ? text.repeat(LENGTH) : text;
    return least ? text.repeat(Math.min(Number(least), 64)) : text;
  }

  return alternatives();
}

/** What a class of letters is tried with. */
const LETTERS = [...'0aA1-_%/?=.&', ...'bcdefghijklmnopqrstuvwxyz', ...'BCDEFGHIJKLMNOPQRSTUVWXYZ', ...'23456789'];

/** @param {string} char what stands behind a backslash */
function escaped(char) {
  return { d: '1', D: 'a', w: 'a', W: '-', s: ' ', S: 'a', b: '', B: '' }[char] ?? char;
}

/**
 * A link with a parameter, in the place of one of that name.
 *
 * @param {string} link
 * @param {string} name
 * @param {string} value as it stands in an address
 */
export function withParameter(link, name, value) {
  const [address = '', query = ''] = link.split(/\?(.*)/s);
  const parts = query === '' ? [] : query.split('&');
  const at = parts.findIndex((part) => part.split('=')[0] === name);
  parts.splice(at < 0 ? parts.length : at, 1, `${name}=${value}`);
  return `${address}?${parts.join('&')}`;
}
