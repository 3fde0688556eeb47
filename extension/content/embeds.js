/**
 * Embeds ask before they load. Where a page embeds a video of TikTok's, a placeholder made of what the page itself says takes its
 * place; rules keep the embed's own requests from leaving. Playing puts in TikTok's bare player, which learns
 * neither the page nor the visitor.
 *
 * One self-contained file: it runs in every page and frame, in a world of its own.
 */
(() => {
  /** @typedef {{ id?: string, user?: string, tag?: string, caption?: string }} Embed */
  /** @typedef {{ embeds?: unknown, embedSites?: unknown, paused?: unknown, level?: unknown }} Chosen */
  /** @typedef {'ask' | 'play' | 'locked' | 'leave'} Manner */

  const SELECTOR =
    'blockquote.tiktok-embed, iframe[src*="tiktok.com/embed"], iframe[src*="tiktok.com/player/"], amp-tiktok';
  const WHAT_MAKES_AN_EMBED = ['src', 'data-src', 'class'];
  const PLAYER = 'https://www.tiktok.com/player/v1/';
  /** The rules know the player by these very words: see background/embed-rules.js. */
  const PLAYER_QUERY = 'rel=0&description=1&music_info=1';
  const PLAYER_WIDTH_PX = 325;
  const PLACEHOLDER_WIDTH_PX = 480;
  const CAPTION_LENGTH = 240;

  const host = location.hostname.replace(/^www\./, '');
  if (isWithin(host, 'tiktok.com')) return; // The site's own pages, and the player that we put in ourselves.

  const api = /** @type {typeof chrome} */ (
    /** @type {{ browser?: typeof chrome }} */ (globalThis).browser ?? globalThis.chrome
  );

  /** Embeds that were met, and what stands in their place. @type {Map<Element, { stand: HTMLElement, play: () => void }>} */
  const met = new Map();

  /** @type {Manner} */
  let manner = 'leave';

  start();

  async function start() {
    apply(await settings());
    new MutationObserver(lookSoon).observe(document, {
      childList: true,
      subtree: true,
      attributeFilter: WHAT_MAKES_AN_EMBED,
    });
    api.storage.local.onChanged.addListener((changes) => {
      if (changes.settings) settings().then(apply);
    });
  }

  /** What the person chose, and above it what an organisation has set. @returns {Promise<Chosen>} */
  async function settings() {
    const stored = await api.storage.local.get('settings');
    const own = /** @type {Chosen | undefined} */ (stored.settings);
    try {
      return { ...own, ...(await api.storage.managed.get(null)) };
    } catch {
      return own ?? {}; // Firefox refuses to read where no policy was ever installed.
    }
  }

  /** @param {Chosen} chosen */
  function apply(chosen) {
    manner = mannerOf(chosen);
    if (manner === 'leave') restoreAll();
    else look();
    if (manner === 'play') for (const { play } of met.values()) play();
  }

  /** @param {Chosen} chosen @returns {Manner} */
  function mannerOf({ embeds, embedSites, paused, level }) {
    if (list(paused).some((pause) => isWithin(host, String(pause?.host)) && isOpen(pause?.until))) return 'leave';
    if (level === 'lockout') return 'locked';
    if (embeds === 'load') return 'leave';
    return list(embedSites).some((site) => isWithin(host, String(site))) ? 'play' : 'ask';
  }

  /** @param {unknown} until ms since 1970, 0 for open */
  function isOpen(until) {
    return until === 0 || Number(until) > Date.now();
  }

  /** @param {unknown} value @returns {any[]} Stored by another version, perhaps: what is no list is an empty one. */
  function list(value) {
    return Array.isArray(value) ? value : [];
  }

  /** @param {string} name @param {string} site */
  function isWithin(name, site) {
    return name === site || name.endsWith(`.${site}`);
  }

  let looksSoon = false;

  /** Once before the page is painted, however much it changed. */
  function lookSoon() {
    if (looksSoon) return;
    looksSoon = true;
    requestAnimationFrame(look);
  }

  function look() {
    looksSoon = false;
    if (manner === 'leave') return;
    for (const element of document.querySelectorAll(SELECTOR)) {
      const known = met.get(element);
      if (known?.stand.isConnected) continue;
      const isPart = element.parentElement?.closest(SELECTOR) !== null;
      if (element instanceof HTMLElement && !isPart) replace(element);
    }
    for (const [element, { stand }] of met) if (!element.isConnected) discard(element, stand);
  }

  /** The page took the embed away. @param {Element} element @param {HTMLElement} stand */
  function discard(element, stand) {
    stand.remove();
    met.delete(element);
  }

  function restoreAll() {
    for (const [element, { stand }] of met) {
      stand.remove();
      if (element instanceof HTMLElement) element.style.removeProperty('display');
      if (element instanceof HTMLIFrameElement) element.src = `${element.src}`; // What was blocked is asked for again.
    }
    met.clear();
  }

  /** @param {HTMLElement} element */
  function replace(element) {
    const place = placeOf(element);
    const embed = read(element);
    const stand = document.createElement('div');
    const root = stand.attachShadow({ mode: 'closed' });
    const play = () => askThenPlay(embed, () => root.replaceChildren(style(place), player(embed, place)));
    root.append(style(place), card(embed, play));
    element.after(stand);
    element.style.setProperty('display', 'none', 'important');
    met.set(element, { stand, play });
    if (manner === 'play') play();
  }

  /**
   * Rules let the player through for a tab only after the background has heard of it.
   *
   * @param {Embed} embed
   * @param {() => void} play
   */
  async function askThenPlay(embed, play) {
    if (!embed.id) return;
    const answer = await api.runtime.sendMessage({ name: 'playEmbed', payload: { video: embed.id } });
    if (answer?.ok) play();
    else console.error('Detick: the video could not be loaded.', answer?.error);
  }

  /**
   * What the page's own markup tells of the embed.
   *
   * @param {HTMLElement} element
   * @returns {Embed}
   */
  function read(element) {
    const { videoId, uniqueId, tagId, embedType = 'video', src: later } = element.dataset;
    const src = element.getAttribute('src') ?? later;
    const link = element.querySelector('a[href*="tiktok.com"]')?.getAttribute('href');
    const addresses = [element.getAttribute('cite'), src, link].join(' ');
    const inAddress = /\/(?:embed(?:\/v\d)?|player\/v1|video|photo)\/(\d{8,})/.exec(addresses)?.[1];
    return {
      id: embedType === 'video' ? (digits(videoId) ?? digits(src) ?? inAddress) : undefined,
      user: uniqueId ?? /\/@([\w.-]+)/.exec(addresses)?.[1],
      tag: tagId ?? /\/tag\/([^/?#\s]+)/.exec(addresses)?.[1],
      caption: captionOf(element),
    };
  }

  /** @param {string | undefined} text */
  function digits(text) {
    return text !== undefined && /^\d{8,}$/.test(text) ? text : undefined;
  }

  /** @param {HTMLElement} element */
  function captionOf(element) {
    const words =
      (element.querySelector('section p') ?? element.querySelector('section'))?.textContent ?? element.title;
    const caption = words.replace(/\s+/g, ' ').trim();
    return caption.length > CAPTION_LENGTH ? `${caption.slice(0, CAPTION_LENGTH)}…` : caption;
  }

  /** @param {Embed} embed */
  function titleOf({ id, user, tag }) {
    if (user) return text(id ? 'embedBy' : 'embedsBy', `@${user}`);
    return tag && !id ? text('embedsTagged', `#${tag}`) : text('embed');
  }

  /** The address without anything that says who asks. @param {Embed} embed */
  function linkOf({ id, user, tag }) {
    if (id) return `https://www.tiktok.com/@${user ?? ''}/video/${id}`;
    if (user) return `https://www.tiktok.com/@${user}`;
    return tag ? `https://www.tiktok.com/tag/${tag}` : 'https://www.tiktok.com/';
  }

  /**
   * Where the embed is and how large, so that nothing around it moves.
   *
   * @param {HTMLElement} element
   */
  function placeOf(element) {
    const { position, display, margin, float, inset } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    const isFrame = element.localName === 'iframe';
    if (position === 'absolute' || position === 'fixed') {
      return { height: '100%', box: `display: block; position: ${position}; inset: ${inset}; width: 100%` };
    }
    const widthPx = isFrame && width > 0 ? Math.round(width) : PLACEHOLDER_WIDTH_PX;
    const isInline = isFrame && display.startsWith('inline');
    return {
      height: isFrame && height > 0 ? `${Math.round(height)}px` : 'auto',
      box: isInline
        ? `display: inline-block; width: min(100%, ${widthPx}px); margin: ${margin}; float: ${float}; vertical-align: top`
        : `display: block; max-width: ${widthPx}px; margin: ${margin}; float: ${float}`,
    };
  }

  /** @param {ReturnType<typeof placeOf>} place */
  function style({ height, box }) {
    const sheet = document.createElement('style');
    // The page's own rules for its elements end here: those of a closed root outrank them only as important ones.
    const outside = `all: initial; ${box}; box-sizing: border-box; min-height: ${height}; color-scheme: light dark;`;
    sheet.textContent = `
      :host { ${outside.replaceAll(';', ' !important;')} }
      section, iframe { box-sizing: border-box; border: 1px solid light-dark(#d5dae1, #333841); border-radius: 10px;
        background: light-dark(#f5f6f8, #1f2228); }
      section { display: flex; flex-direction: column; justify-content: center; gap: 8px; min-height: ${height};
        padding: 16px; color: light-dark(#14171c, #eceef2); font: 14px/1.45 system-ui, sans-serif; }
      p { margin: 0; overflow-wrap: anywhere; }
      .title { font-weight: 650; }
      .caption { display: -webkit-box; overflow: hidden; -webkit-box-orient: vertical; -webkit-line-clamp: 4; }
      .why { color: light-dark(#565f6d, #a6aebb); font-size: 13px; }
      .ways { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 4px; }
      button, a { box-sizing: border-box; min-height: 36px; padding: 7px 12px; border: 1px solid light-dark(#868f9c, #737c8a);
        border-radius: 8px; background: light-dark(#fff, #16181c); color: inherit; font: inherit; font-weight: 600;
        text-align: center; text-decoration: none; cursor: pointer; }
      .main { border-color: light-dark(#0b7a55, #3ecf9b); background: light-dark(#0b7a55, #3ecf9b); color: light-dark(#fff, #08150f); }
      :focus-visible { outline: 2px solid light-dark(#0b7a55, #3ecf9b); outline-offset: 2px; }
      iframe { display: block; width: ${height === 'auto' ? `min(100%, ${PLAYER_WIDTH_PX}px)` : '100%'};
        height: ${height}; aspect-ratio: ${height === 'auto' ? '9 / 16' : 'auto'}; }
      @media (pointer: coarse) { button, a { min-height: 44px; } }`;
    return sheet;
  }

  /** @param {Embed} embed @param {() => void} play */
  function card(embed, play) {
    const section = element('section', { lang: api.i18n.getUILanguage(), dir: text('@@bidi_dir') });
    const title = titleOf(embed);
    section.setAttribute('aria-label', title);
    section.append(element('p', { class: 'title' }, title));
    if (embed.caption && !title.includes(embed.caption)) {
      section.append(element('p', { class: 'caption', lang: document.documentElement.lang }, embed.caption));
    }
    section.append(element('p', { class: 'why' }, text(manner === 'locked' ? 'embedLocked' : 'embedWhy')));
    if (manner !== 'locked') section.append(ways(embed, play));
    return section;
  }

  /** @param {Embed} embed @param {() => void} play */
  function ways(embed, play) {
    const row = element('div', { class: 'ways' });
    if (embed.id) {
      const once = element('button', { type: 'button', class: 'main' }, text('embedPlay'));
      const always = element('button', { type: 'button' }, text('embedAlways'));
      onClick(once, play);
      onClick(always, () => api.runtime.sendMessage({ name: 'alwaysPlayEmbeds', payload: {} }));
      row.append(once, always);
    }
    const link = { href: linkOf(embed), target: '_blank', rel: 'noopener noreferrer', referrerpolicy: 'no-referrer' };
    row.append(element('a', link, text('embedOpen')));
    return row;
  }

  /** Pages can make clicks too, but not trusted ones. @param {HTMLElement} button @param {() => unknown} act */
  function onClick(button, act) {
    button.addEventListener('click', (event) => {
      if (event.isTrusted) act();
    });
  }

  /**
   * TikTok's bare player: no address of this page, no cookies where the browser knows how, and a box around it.
   *
   * @param {Embed} embed
   * @param {ReturnType<typeof placeOf>} place
   */
  function player(embed, place) {
    return element('iframe', {
      title: titleOf(embed),
      sandbox: 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox',
      allow: 'fullscreen; encrypted-media',
      referrerpolicy: 'no-referrer',
      credentialless: '',
      loading: place.height === 'auto' ? 'eager' : 'lazy',
      src: `${PLAYER}${embed.id}?${PLAYER_QUERY}`,
    });
  }

  /** @param {string} key @param {string[]} values */
  function text(key, ...values) {
    return api.i18n.getMessage(key, values);
  }

  /** @param {string} tag @param {Record<string, string>} attributes @param {string} [words] */
  function element(tag, attributes, words = '') {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.textContent = words;
    return made;
  }
})();
