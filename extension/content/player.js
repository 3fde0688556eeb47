/**
 * In TikTok's player on another site's page: what the policy that Detick gives it refuses (`filters/embeds.txt`). No
 * request is made of that, so nobody but the page itself sees it.
 */

import { api } from '../shared/browser.js';

/** How such a policy begins. The player has policies of TikTok's own as well. */
const OURS = /^worker-src blob:; ?default-src 'unsafe-inline' 'unsafe-eval' data: blob: https:\/\//;

const TELL_EVERY_MS = 300;
const MOST_AT_ONCE = 100;
const MOST_IN_ALL = 2000;

/** @type {{ url: string, by: string }[]} */
let refused = [];
let heard = 0;

/** Tells from now on. */
export function watch() {
  document.addEventListener('securitypolicyviolation', (event) => {
    const { isTrusted, blockedURI: url, effectiveDirective: by, originalPolicy } = event;
    if (!isTrusted || !/^(?:https?|wss?):/.test(url) || !OURS.test(originalPolicy)) return;
    if (refused.length >= MOST_AT_ONCE || heard >= MOST_IN_ALL) return;
    heard += 1;
    refused.push({ url, by });
    if (refused.length === 1) setTimeout(tell, TELL_EVERY_MS);
  });
  addEventListener('pagehide', tell);
}

function tell() {
  if (refused.length === 0 || api.runtime?.id === undefined) return;
  api.runtime.sendMessage({ name: 'refusedByPolicy', payload: { refused } });
  refused = [];
}
