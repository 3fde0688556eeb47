/**
 * Ids and priorities of the browser's own rules, each once.
 *
 * | what | where | ids | priority |
 * |---|---|---|---|
 * | link parameters / exceptions | static `links`, `referral` | the compiler's | 1, 2 / 4 |
 * | the same of lists and own lines | dynamic, lists/in-force.js | as below | 1, 2, 5 / 4 and 5, 7 / 6 |
 * | links left alone on a site | dynamic `allow` | 2 | 6 |
 * | parameters kept on a site | session `allow`, dynamic copies without them | 2,000 … 9,999 | 2 or 6, theirs + 2 |
 * | unwrapping (where the engine cannot do it live) | session, to unwrap.html | 10,000 … | 9 |
 * | one link that could not be unwrapped | session `allow` for its tab | 20,000 … 20,099 | 9 |
 * | an address that insists on its parameters | session `allow` | the same | 8 |
 * | blocked / surrogate / allowed | static `block`, `surrogates`, `data-surrogates` | the compiler's | 10 / 11 / 30 |
 * | the same, important | | | 40 / 41 / 50 |
 * | short links: no cookies, no referrer | dynamic `modifyHeaders` | 3, 4 | 60: an `allow` above would switch it off |
 * | Detick's own question to a short host | dynamic `allow` | 12, 13 | 30 |
 * | requests of its own to private hosts | dynamic `block` | 14 … 20 | 2,000,000 |
 * | embeds wait for a click / their script's surrogate | static `embeds` / `embed-stand-ins` | the compiler's | 10 / 11 |
 * | an embed's markup, of the video that is asked for | session | 10 | 12 |
 * | the player in some tabs / what it may not load | session | 100 … / 20 … | 30 / 40 |
 * | visitors on tiktok.com | static `visitor` | the compiler's | 10, headers 60 |
 * | the same, in their tabs alone, where somebody is signed in in others | session copies | 30,000 … | theirs |
 * | lockout / its page | static `lockout` / session | the compiler's / 11 | 40 / 45 |
 * | subscriptions | dynamic, lists/in-force.js | 1,000,000 … 9,999,999 | the compiler's, as above |
 * | the user's own lines | dynamic, lists/in-force.js | 10,000,000 … 19,999,999 | the compiler's, + 1,000 |
 * | Global Privacy Control | dynamic `modifyHeaders` | 21 | 900,000: an `allow` above would switch it off, and only a pause does |
 * | paused sites | dynamic `allowAllRequests`, session `allow` for workers | 1 | 1,000,000 |
 *
 * What the compiler of lists gives its rules is in `src/dnr.rs`: a test compares both.
 */

/**
 * Where the ids of each kind begin, up to the next. A kind is either dynamic or session's: an id may be given in both.
 */
export const ID = {
  pause: 1,
  linksOff: 2,
  shortHosts: 3,
  shortPaths: 4,
  markup: 10,
  lockout: 11,
  question: 12,
  private: 14,
  within: 20,
  gpc: 21,
  players: 100,
  kept: 2_000,
  unwrap: 10_000,
  pass: 20_000,
  visitor: 30_000,
  /** From here on rules are those of lists, which have their own life. */
  lists: 1_000_000,
  ownLines: 10_000_000,
  end: 20_000_000,
};

/** From what gives way to what wins. */
export const PRIORITY = {
  /** Beside the highest of what exceptions are from: between equals an `allow` wins. */
  shield: 2,
  /** Added to that of the rule that is copied: above the shield, and not above an exception. */
  copy: 2,
  /** The compiler's. What takes parameters out above it does so in spite of exceptions. */
  exception: 4,
  linksOff: 6,
  /** Above the user's own lines and important ones. */
  strongShield: 6,
  insisting: 8,
  pass: 9,
  unwrap: 9,
  /** Above the surrogates of embeds. */
  markup: 12,
  question: 30,
  player: 30,
  lockout: 45,
  shortLinks: 60,
  /** Above the user's own lines: what they allow is told of it too. */
  gpc: 900_000,
  pause: 1_000_000,
  private: 2_000_000,
};

/**
 * Links are followed by pages and frames.
 *
 * @type {NonNullable<chrome.declarativeNetRequest.RuleCondition['resourceTypes']>}
 */
export const PAGE_TYPES = ['main_frame', 'sub_frame'];
