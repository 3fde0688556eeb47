/** The cleaner: any text in, the same text with clean links out. */

import { assemble, cleanText } from '../engine/links.js';
import { api } from '../shared/browser.js';
import { copy } from '../shared/copy.js';
import { h, show } from '../shared/dom.js';
import { acceptDrops, droppedText } from '../shared/drop.js';
import { ask } from '../shared/messages.js';
import { isShortLink } from '../shared/short-links.js';
import { nameLanguage, text } from '../shared/text.js';
import { render } from './view.js';

/** @import { Actions, Link } from './view.js' */

const root = /** @type {HTMLElement} */ (document.getElementById('cleaner'));
const said = /** @type {HTMLElement} */ (document.getElementById('said'));
const field = h('textarea', { id: 'text', rows: 6, spellcheck: 'false', oninput: clean });
const results = h('div', {});

/** @type {Link[]} */
let links = [];

/** @type {Actions} */
const actions = {
  copyAll: async () => {
    await copy(cleanWhole());
    said.textContent = text('copied');
    const button = document.getElementById('copy-all');
    if (button) button.textContent = text('copied');
    setTimeout(draw, 1500);
  },
  toggle: (index) => change(index, (link) => ({ ...link, isUndone: !link.isUndone })),
  expand,
};

async function clean() {
  const given = field.value;
  const found = await cleanText(given);
  if (given !== field.value) return; // a later stroke has been cleaned already, or will be
  links = found.links.map((link) => {
    const original = given.slice(link.start, link.end);
    return { ...link, original, isUndone: false, isShort: isShortLink(link.url), problem: '' };
  });
  draw();
}

/** @param {number} index */
async function expand(index) {
  const link = links[index];
  if (!link) return;
  try {
    const { url, removed } = await ask('expand', { url: link.url });
    change(index, () => ({ ...link, url, removed, isUndone: false, isShort: isShortLink(url), problem: '' }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    change(index, () => ({ ...link, problem: reason }));
  }
}

/** @param {number} index @param {(link: Link) => Link} how */
function change(index, how) {
  links = links.map((link, at) => (at === index ? how(link) : link));
  draw();
}

/** The text as it stands, each link clean or put back. */
function cleanWhole() {
  return assemble(
    field.value,
    links.map((link) => ({ ...link, url: link.isUndone ? link.original : link.url })),
  );
}

function draw() {
  show(results, render(cleanWhole(), links, actions));
}

function start() {
  nameLanguage();
  document.title = text('cleanerTitle');
  root.append(
    h(
      'header',
      {},
      h('img', { src: api.runtime.getURL('icons/on-128.png'), alt: '' }),
      h('h1', {}, text('cleanerTitle')),
    ),
    h('label', { for: 'text' }, text('cleanerField')),
    field,
    h('p', { class: 'soft' }, text('cleanerMore')),
    results,
  );
  acceptDrops((event) => {
    field.value = droppedText(event);
    clean();
  });
  field.focus();
}

start();
