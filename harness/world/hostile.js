/** A page that would like to harm Detick: its script comes before everything else on it. */

import { content, script } from './reply.js';

const HTML = `<!doctype html><meta charset="utf-8"><title>Hostile</title>
<script src="/scripts/spoil.js"></script>
<p>Words</p>
<blockquote id="quote" class="tiktok-embed" cite="https://www.tiktok.com/@tina/video/7300000000000000001"
  data-video-id="7300000000000000001"><section><p>A dance</p></section></blockquote>
<iframe id="frame" src="https://www.tiktok.com/embed/v2/7300000000000000002"></iframe>`;

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const hostileHosts = [
  [
    /^hostile\.example$/,
    {
      '/': () => content('text/html; charset=utf-8', HTML),
      '/plain': () => content('text/html; charset=utf-8', '<!doctype html><title>Plain</title><p>Words</p>'),
      '/scripts/*': (request) => script(request.path.slice('/scripts/'.length)),
    },
  ],
];
