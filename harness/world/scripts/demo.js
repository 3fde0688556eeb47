// Shows on the demo page what arrived, as the hosts' own log has it, and keeps asking.
const ASK_EVERY_MS = 500;

const element = (id) => document.getElementById(id);
const requests = (count) => (count === 0 ? 'nothing' : count === 1 ? '1 request' : `${count} requests`);

/** Shows an asked-for address, with what went on the way struck out once it has arrived. */
function showAsked(id, arrived) {
  const target = element(id);
  const [address, query] = target.dataset.url.split('?');
  const tail = document.createElement(arrived === address ? 's' : 'span');
  tail.textContent = `?${query}`;
  target.replaceChildren(address, tail);
}

function showCookies() {
  const found = document.cookie.match(/\b(_ttp|_tt_enable_cookie|ttcsid|ttclid)(?==)/g);
  element('cookies').textContent = found ? found.join(', ') : 'none';
}

function showHead(count) {
  element('head').dataset.state = count === 0 ? 'quiet' : 'told';
  element('verdict').textContent =
    count === 0 ? "Nothing arrived at TikTok's trackers" : `${requests(count)} told TikTok's trackers about this visit`;
}

function showTrackers(trackers) {
  element('trackers').textContent = requests(trackers.length);
  element('tracker-list').replaceChildren(
    ...trackers.map(({ method, host, path }) => {
      const item = document.createElement('li');
      item.textContent = `${method} ${host}${path}`;
      return item;
    }),
  );
}

function showLinks({ page, shared, redirector, destination }) {
  showAsked('asked', page);
  showAsked('shared-asked', shared);
  element('page').textContent = page;
  if (shared) element('shared').textContent = shared;
  if (destination) element('destination').textContent = destination;
  if (redirector) {
    element('redirector').textContent = redirector;
    if (!destination) element('destination').textContent = 'not yet: TikTok asks first';
  } else if (destination) element('redirector').textContent = 'nothing: it was passed by';
}

async function show() {
  const outcome = await (await fetch('/outcome')).json();
  showHead(outcome.trackers.length);
  showTrackers(outcome.trackers);
  showCookies();
  showLinks(outcome);
  element('embed').textContent = requests(outcome.embed.length);
}

async function keepShowing() {
  try {
    await show();
  } catch {
    element('verdict').textContent = 'The demo has ended.';
    return; // the local hosts are gone, and with them what there was to show
  }
  setTimeout(keepShowing, ASK_EVERY_MS);
}

window.ttq.track('ViewContent', { content_id: 'demo' });
setTimeout(keepShowing, ASK_EVERY_MS);
