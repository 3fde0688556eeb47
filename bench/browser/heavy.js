/**
 * Pages that work hard by themselves and ask TikTok for nothing, but for one with embeds: what is measured is what it
 * costs them that somebody watches.
 */

import { content } from '../../harness/world/reply.js';
import { respond as others } from './hundred.js';

const HOST = 'heavy.example';
const NODES = 50_000;
const EMBEDS = 20;
const FRAMES = 100;
/** Two seconds of a page that keeps up. */
const TURNS = 120;

/**
 * What a page does before each of its frames is drawn. Runs in the page, and knows `nodes`, all of them, `chosen`, 200
 * of them, and `turn`, the number of that frame.
 */
const WORK = {
  texts: 'for (const node of chosen) node.firstChild.data = turn;',
  classes: "for (const node of chosen) node.classList.toggle('marked');",
  styles: 'for (const node of chosen) node.style.opacity = turn % 2 ? 0.9 : 1;',
  // 3,000 a second.
  added: `for (let count = 0; count < 25; count += 1) {
    const row = document.createElement('p');
    row.append(document.createElement('b'));
    nodes[(turn * 25 + count) % nodes.length].append(row);
  }`,
  fetches: "for (let count = 0; count < 50; count += 1) fetch('data:,').catch(() => undefined);",
};

const EMBED =
  '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@someone/video/7000000000000000001" data-video-id="7000000000000000001"><section>A film</section></blockquote>';

/** The pages that work, each with the path that it has. */
export const PAGES = [
  { path: '/texts', title: '50,000 nodes, 200 texts changed a frame', body: busy(WORK.texts) },
  { path: '/classes', title: '200 classes a frame', body: busy(WORK.classes) },
  { path: '/styles', title: '200 inline styles a frame', body: busy(WORK.styles) },
  { path: '/embeds', title: '200 texts a frame, 20 embeds', body: EMBED.repeat(EMBEDS) + busy(WORK.texts) },
  { path: '/added', title: '3,000 nodes added a second', body: busy(WORK.added, 2000) },
  { path: '/fetches', title: '50 calls of fetch a frame', body: busy(WORK.fetches, 200) },
];

/** @param {string} path @returns {string} */
export const addressOf = (path) => `https://${HOST}${path}`;

/** A page of many frames; what counts is how it loads. */
export const FRAMED = { path: '/frames', title: `${FRAMES} frames` };

/**
 * @param {string} work
 * @param {number} [nodes]
 * @returns {string} markup with `run()`, which does the work and promises how long each frame took, in ms
 */
function busy(work, nodes = NODES) {
  return `<main hidden></main><script>
  const main = document.querySelector('main');
  main.innerHTML = '<section>' + '<i>0</i>'.repeat(100) + '</section>';
  for (let made = 100; made < ${nodes}; made += 100) main.append(main.firstChild.cloneNode(true));
  const nodes = [...main.querySelectorAll('i')];
  const chosen = nodes.filter((_, index) => index % (${nodes} / 200) === 0);
  const run = () =>
    new Promise((done) => {
      const took = [];
      let turn = 0;
      let before;
      const step = (now) => {
        if (before !== undefined) took.push(now - before);
        before = now;
        if (took.length === ${TURNS}) return done(took);
        ${work}
        turn += 1;
        requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    });
</script>`;
}

/** @param {string} path @returns {string | undefined} */
function bodyOf(path) {
  if (path === FRAMED.path) return '<iframe src="/frame" width="60" height="40"></iframe>'.repeat(FRAMES);
  if (path === '/frame') return '<p>A frame<script>var isOne = true</script>';
  return PAGES.find((page) => page.path === path)?.body;
}

/**
 * The world of the other measurements, and these pages' host.
 *
 * @type {typeof others}
 */
export function respond(request, log) {
  const body = request.host === HOST ? bodyOf(request.path) : undefined;
  if (body === undefined) return others(request, log);
  return content('text/html; charset=utf-8', `<!doctype html><title>Heavy</title><body>${body}`);
}
