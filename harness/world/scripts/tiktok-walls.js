// What stands over a visitor's video on tiktok.com, with the names that the site's own markup has: the element and the
// open root of the cookie banner, whose first button says no; the dialog that asks to log in, with the button that
// closes it; the banners of the app. As in an app that is still being set up, buttons work a while after they show.
{
  const BANNER = {
    en: ['Decline optional cookies', 'Allow all'],
    de: ['Optionale Cookies ablehnen', 'Alle zulassen'],
    xx: ['Vogon', 'Dent'],
  };
  const { dataset } = document.body;
  const works = performance.now() + 500;

  /** @param {ParentNode} within @param {string} named @param {string} words @param {() => void} act */
  const button = (within, named, words, act) => {
    const made = document.createElement('button');
    made.dataset.e2e = named;
    made.textContent = words;
    made.addEventListener('click', () => performance.now() > works && act());
    within.append(made);
  };

  /** @param {string} name @param {string} what is set to when it goes */
  const overlay = (name) => {
    const made = document.createElement('div');
    made.id = name;
    made.style.cssText = 'position: fixed; inset: auto 0 0; background: #fff';
    document.body.append(made);
    return made;
  };

  const showCookies = () => {
    const banner = document.createElement('tiktok-cookie-banner');
    document.body.append(banner);
    const root = banner.attachShadow({ mode: 'open' });
    setTimeout(() => {
      const row = document.createElement('div');
      row.className = 'button-wrapper';
      root.append(row);
      const [no, yes] = BANNER[dataset.language] ?? BANNER.en;
      const answer = (said) => () => {
        dataset.cookies = said;
        banner.remove();
      };
      button(row, '', no, answer('no'));
      button(row, '', yes, answer('yes'));
    }, 100);
  };

  const showLogin = () => {
    const dialog = overlay('login-modal');
    dialog.setAttribute('role', 'dialog');
    document.body.style.overflow = 'hidden';
    dataset.walls = Number(dataset.walls ?? 0) + 1;
    const options = document.createElement('div');
    options.innerHTML = '<div data-e2e="channel-item">Use QR code</div><div data-e2e="channel-item">Use phone</div>';
    dialog.append(options);
    button(dialog, 'modal-close-inner-button', '×', () => {
      dialog.remove();
      document.body.style.overflow = '';
    });
  };

  const showApp = () => {
    for (const name of ['alt-middle-cta', 'bottom-cta']) {
      const banner = overlay(name);
      button(banner, `${name}-open-btn`, 'Open TikTok', () => {
        dataset.app = 'opened';
      });
      button(banner, `${name}-cancel-btn`, 'Not now', () => banner.remove());
    }
  };

  for (const dialog of document.querySelectorAll('[role=dialog]'))
    dialog.querySelector('button').addEventListener('click', () => dialog.remove());

  /** A short film without a picture or a sound. */
  const film = () => {
    const bytes = new DataView(new ArrayBuffer(44 + 2400));
    const write = (at, text) => {
      for (const [index, letter] of [...text].entries()) bytes.setUint8(at + index, letter.charCodeAt(0));
    };
    write(0, 'RIFF');
    bytes.setUint32(4, 36 + 2400, true);
    write(8, 'WAVEfmt ');
    bytes.setUint32(16, 16, true);
    bytes.setUint16(20, 1, true);
    bytes.setUint16(22, 1, true);
    bytes.setUint32(24, 8000, true);
    bytes.setUint32(28, 8000, true);
    bytes.setUint16(32, 1, true);
    bytes.setUint16(34, 8, true);
    write(36, 'data');
    bytes.setUint32(40, 2400, true);
    new Uint8Array(bytes.buffer, 44).fill(128);
    return URL.createObjectURL(new Blob([bytes.buffer], { type: 'audio/wav' }));
  };

  const play = () => {
    document.querySelector('video')?.remove();
    const video = document.createElement('video');
    video.muted = true;
    video.src = film();
    video.addEventListener('play', () => {
      dataset.started = Number(dataset.started ?? 0) + 1;
    });
    video.addEventListener('ended', () => {
      dataset.ended = Number(dataset.ended ?? 0) + 1;
      if (dataset.ended === '1') play();
    });
    document.body.prepend(video);
    video.play().catch(() => undefined);
  };

  document.getElementById('header-login-button').addEventListener('click', () => setTimeout(showLogin, 50));
  document.getElementById('next').addEventListener('click', play);
  setTimeout(showCookies, 100);
  setTimeout(showLogin, 200);
  setTimeout(showApp, 200);
  setTimeout(play, 600);
}
