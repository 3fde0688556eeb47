/**
 * Pages that embed as sites and libraries really write it, one path for each way; and a service that embeds for others.
 */

import { content } from './reply.js';

/** @param {string} body @param {Record<string, string>} [headers] */
const page = (body, headers) => () =>
  content(
    'text/html; charset=utf-8',
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Magazine</title><body style="font: 16px sans-serif">${body}</body></html>`,
    headers,
  );

const SCRIPT = '<script async src="https://www.tiktok.com/embed.js"></script>';

/** @param {string} id @param {string} video */
const quote = (id, video) =>
  `<blockquote id="${id}" class="tiktok-embed" cite="https://www.tiktok.com/@tina/video/${video}" data-video-id="${video}"><section><a href="https://www.tiktok.com/@tina">@tina</a><p>In the rain</p></section></blockquote>`;

/** A player's element puts its frame into an open root a moment after it was put in; another one wraps it. */
const COMPONENTS = `
  <outer-player id="outer"></outer-player>
  <script>
    customElements.define('tiktok-video', class extends HTMLElement {
      async connectedCallback() {
        this.attachShadow({ mode: 'open' });
        await undefined;
        this.shadowRoot.innerHTML = '<style>:host { display: inline-block; position: relative; width: 325px; height: 580px } iframe { position: absolute; top: 0; left: 0; width: 100%; height: 100%; border: 0 }</style><iframe src="https://www.tiktok.com/player/v1/7300000000000000011?controls=1&rel=0" width="100%" height="100%"></iframe>';
      }
    });
    customElements.define('outer-player', class extends HTMLElement {
      connectedCallback() {
        const root = this.attachShadow({ mode: 'open' });
        setTimeout(() => { root.innerHTML = '<tiktok-video></tiktok-video>'; }, 500);
      }
    });
  </script>`;

/** Frames that the page writes itself. */
const FRAMES = `
  <iframe id="written" width="500" height="300"></iframe>
  <script>
    addEventListener('load', () => {
      const { contentDocument } = document.getElementById('written');
      contentDocument.open();
      contentDocument.write(${JSON.stringify(`<!doctype html><title>written</title>${quote('quote', '7300000000000000012')}${SCRIPT}`).replaceAll('</', '<\\/')});
      contentDocument.close();
    });
  </script>
  <iframe id="srcdoc" width="500" height="300" srcdoc='<!doctype html><title>srcdoc</title>${quote('quote', '7300000000000000013')}${SCRIPT}'></iframe>`;

const OBJECTS = `
  <object id="object" type="text/html" width="340" height="300" data="https://www.tiktok.com/embed/v2/7300000000000000014"></object>
  <embed id="embed" type="text/html" width="340" height="300" src="https://www.tiktok.com/embed/v2/7300000000000000015">
  <iframe id="other-page" width="340" height="300" src="https://www.tiktok.com/@tina/video/7300000000000000016"></iframe>
  <iframe id="names-it" width="340" height="120" src="/plain?of=https://www.tiktok.com/embed/v2/7300000000000000017"></iframe>`;

const MEDIA = `
  <p><img id="picture" width="400" height="300" src="https://p16-sign-va.tiktokcdn.com/obj/cover.jpeg?x-expires=1"></p>
  <p><video id="film" muted autoplay width="400" height="300" src="https://v16-webapp.tiktok.com/video/tos/world.mp4"></video></p>
  <p><img id="face" width="40" height="40" src="https://p16-sign-va.tiktokcdn.com/obj/face.jpeg"></p>
  <p><img id="mended" width="400" height="200" src="https://p16-sign-va.tiktokcdn.com/obj/gone.jpeg" onerror="setTimeout(() => { this.src = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7' }, 700)"></p>`;

/** Makes its quotation again and again until the embeds' script has taken away what was in it. */
const RETRYING = `
  <div id="container"></div>
  <script>
    let made = 0;
    window.make = () => {
      made += 1;
      document.body.dataset.made = made;
      const container = document.getElementById('container');
      const before = container.querySelector('blockquote');
      const quote = document.createElement('blockquote');
      quote.className = 'tiktok-embed';
      quote.id = 'quote';
      quote.setAttribute('cite', 'https://www.tiktok.com/@tina/video/7300000000000000018');
      quote.dataset.videoId = '7300000000000000018';
      const waiting = document.createElement('div');
      waiting.id = 'waiting';
      waiting.textContent = 'View post on TikTok';
      quote.append(waiting);
      before?.remove();
      container.prepend(quote);
      document.getElementById('script')?.remove();
      const script = document.createElement('script');
      script.id = 'script';
      script.src = 'https://www.tiktok.com/embed.js?t=' + Date.now();
      document.head.append(script);
    };
    make();
    setInterval(() => { if (document.getElementById('waiting')) make(); }, 2000);
  </script>`;

/**
 * Asks for the markup, shows nothing before a frame in it has loaded, and is gone as a whole where it gets none. It
 * keeps what it can read of how the answer came.
 */
const MARKUP = `
  <div id="app" style="display: none"></div>
  <script>
    const app = document.getElementById('app');
    window.read = [];
    addEventListener('securitypolicyviolation', ({ blockedURI, violatedDirective }) => read.push('violation ' + violatedDirective + ' ' + blockedURI));
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          if (node.nodeName === 'IFRAME') node.addEventListener('load', () => { app.style.display = 'flex'; });
    }).observe(app, { childList: true, subtree: true });
    const VIDEO = 'https://www.tiktok.com/@tina/video/7300000000000000019';
    const spelt = { '?plain': VIDEO, '?short': 'https://vm.tiktok.com/ZMabc12/' }[location.search] ?? encodeURIComponent(VIDEO + '?is_from_webapp=1"><img src=x onerror=alert(1)>');
    const address = 'https://www.tiktok.com/oembed?url=' + spelt;
    const asked = location.search === '?old'
      ? new Promise((resolve, reject) => {
          const request = new XMLHttpRequest();
          request.responseType = 'json';
          request.onload = () => { read.push(request.responseURL, request.getAllResponseHeaders()); resolve(request.response); };
          request.onerror = () => reject(new TypeError());
          request.open('GET', address);
          request.send();
        })
      : fetch(location.search === '?request' ? new Request(new URL(address)) : address).then((answer) => { read.push(answer.url, answer.type, ...[...answer.headers].flat()); return answer.json(); });
    asked
      .then(({ html }) => {
        const made = document.createElement('div');
        made.innerHTML = html;
        const script = document.createElement('script');
        script.src = made.querySelector('script').src;
        app.innerHTML = html.slice(0, html.indexOf('<script'));
        document.head.append(script);
      })
      .catch((error) => { app.remove(); document.body.dataset.error = error.name; read.push(String(error), String(error.stack)); })
      .finally(() => { read.push(...performance.getEntriesByType('resource').map(({ name }) => name)); });
  </script>`;

/** A page that says where it may connect to: not to an address that holds an answer. */
const STRICT = { 'content-security-policy': 'connect-src https://www.tiktok.com' };

const LINKS = `
  <blockquote id="short" class="tiktok-embed" cite="https://vm.tiktok.com/ZMabc12/"><section></section></blockquote>
  <blockquote id="photo" class="tiktok-embed" cite="https://www.tiktok.com/@tina/photo/7300000000000000020" data-video-id="7300000000000000020"><section></section></blockquote>
  <blockquote id="at" class="tiktok-embed" data-unique-id="@tina" data-embed-type="creator"><section></section></blockquote>
  <iframe id="creator" width="400" height="300" src="https://www.tiktok.com/embed/@tina"></iframe>
  <iframe id="tag" width="400" height="300" src="https://www.tiktok.com/embed/tag/umbrella?lang=en"></iframe>
  ${SCRIPT}`;

/** Two consent tools: one keeps back the script, the other puts a notice where the embed is to be. */
const CONSENT = `
  <style>.cmplz-blocked-content-container { position: relative } .cmplz-blocked-content-notice { position: absolute; inset: 0 }</style>
  ${quote('kept', '7300000000000000021')}
  <script type="text/plain" data-category="marketing" data-src="https://www.tiktok.com/embed.js"></script>
  <div class="cmplz-blocked-content-container">
    <iframe id="noticed" width="340" height="300" src="https://www.tiktok.com/embed/v2/7300000000000000022"></iframe>
    <button class="cmplz-blocked-content-notice cmplz-accept-marketing">Click to accept marketing cookies</button>
  </div>
  <script>
    window.consent = () => {
      document.querySelector('.cmplz-blocked-content-notice').remove();
      const kept = document.querySelector('script[type="text/plain"]');
      const script = document.createElement('script');
      script.src = kept.dataset.src;
      kept.replaceWith(script);
    };
  </script>`;

/** A card within what the page wants pressed. */
const PRESSED = `
  <div id="slide" style="display: flex; width: 900px">
    <p>Words</p>
    <iframe id="frame" width="400" height="300" src="https://www.tiktok.com/embed/v2/7300000000000000023"></iframe>
  </div>
  <script>
    window.heard = [];
    for (const type of ['click', 'mousedown', 'mouseup', 'pointerdown', 'keydown', 'keyup'])
      document.addEventListener(type, (event) => heard.push(event.type));
  </script>`;

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const embedKindHosts = [
  [
    /^(gazette|journal)\.example$/,
    {
      '/plain': page('<p id="words">Words</p>'),
      '/components': page(COMPONENTS),
      '/frames': page(FRAMES),
      '/objects': page(OBJECTS),
      '/media': page(MEDIA),
      '/retrying': page(RETRYING),
      '/markup': page(MARKUP),
      '/strict-markup': page(MARKUP, STRICT),
      '/links': page(LINKS),
      '/consent': page(CONSENT),
      '/pressed': page(PRESSED),
      '/service': page(
        '<iframe id="service" width="500" height="400" src="https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fwww.tiktok.com%2Fembed%2Fv2%2F7300000000000000024"></iframe>',
      ),
    },
  ],
  [
    /^cdn\.embedly\.com$/,
    {
      '/widgets/media.html': page(
        '<iframe id="frame" width="480" height="380" src="https://www.tiktok.com/embed/v2/7300000000000000024"></iframe>',
      ),
    },
  ],
];
