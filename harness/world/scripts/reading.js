// What a page, a worker and a service worker use to read addresses: an extension's own may stand in nothing of it.

/** Many attempts never end; one that must come is waited for longer, however busy the machine is. */
const WAIT_MS = 2500;
const MUST_COME_MS = 15_000;

/** What was read, `[how, text]` each, and how each attempt went. */
self.readings = { texts: [], outcomes: {} };

const note = (how, text) => self.readings.texts.push([how, String(text)]);

/** Notes every text that can be had of a value: of its own properties and its getters, and of plain objects in it. */
function noteAll(how, value, depth = 0) {
  if (typeof value === 'string') return note(how, value);
  if (typeof value !== 'object' || value === null || depth > 4) return;
  for (let owner = value; owner && owner !== Object.prototype; owner = Object.getPrototypeOf(owner)) {
    for (const key of Reflect.ownKeys(owner)) {
      try {
        const within = value[key];
        if (typeof within === 'string' || isPlain(within)) noteAll(`${how} ${String(key)}`, within, depth + 1);
      } catch (error) {
        noteError(`${how} ${String(key)}`, error);
      }
    }
  }
}

function isPlain(value) {
  if (typeof value !== 'object' || value === null) return false;
  return [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(value));
}

function noteError(how, error) {
  for (const name of ['name', 'message', 'stack', 'fileName', 'filename', 'sourceURL']) {
    try {
      if (error?.[name] !== undefined) note(`${how} error.${name}`, error[name]);
    } catch {
      // it has none to show
    }
  }
  note(`${how} error`, error);
}

/** Makes one attempt; what comes of it, or does not, is noted. */
async function attempt(how, work, mustCome = false) {
  const late = new Promise((_, reject) =>
    setTimeout(() => reject(new Error('too late')), mustCome ? MUST_COME_MS : WAIT_MS),
  );
  try {
    await Promise.race([work(), late]);
    self.readings.outcomes[how] = 'came';
  } catch (error) {
    self.readings.outcomes[how] = `failed: ${error?.message ?? error?.type ?? error}`;
    noteError(how, error);
  }
}

async function noteResponse(how, response) {
  for (const name of ['url', 'type', 'statusText', 'redirected']) note(`${how} ${name}`, response[name]);
  for (const [name, value] of response.headers) note(`${how} ${name}`, value);
  self.readings.outcomes[`${how} answer`] = `${response.url.slice(0, 40)} ${response.status} ${response.type}`;
  await response.text();
}

/** Code of a surrogate that calls back, or fails, while it runs. */
function noteStacks(how) {
  const spy = (name) => ({
    toString() {
      const { prepareStackTrace } = Error;
      Error.prepareStackTrace = (_, sites) =>
        sites.map((site) =>
          ['getFileName', 'getScriptNameOrSourceURL', 'getEvalOrigin', 'toString']
            .map((get) => site[get]?.())
            .join(' '),
        );
      const error = new Error(name);
      noteAll(`${how} ${name} sites`, error.stack);
      Error.prepareStackTrace = prepareStackTrace;
      noteError(`${how} ${name}`, new Error(name));
      return name;
    },
  });
  for (const call of [
    () => self.ttq.track(spy('track')),
    () =>
      self.ttq.identify({
        get email() {
          return spy('identify').toString();
        },
      }),
    () => self.ttq.instance(spy('instance')),
    () => self.ttq.track(Object.create(null)),
    () => self.ttq.track(Symbol('x'), { value: Object.create(null) }),
    () => self.tiktokEmbed.lib.render(spy('render')),
    () => self.ttq.push([spy('push')]),
    () => self.ttq.push([Object.create(null)]),
  ]) {
    try {
      call();
    } catch (error) {
      noteError(how, error);
    }
  }
  self.ttq?.ready?.(() => noteError(`${how} ready`, new Error('ready')));
}

/** What any context can ask for by script. */
function askByScript(context, url) {
  const unique = (how) => `${url}${url.includes('?') ? '&' : '?'}${context}-${how}`.replace(/ /g, '-');
  const asked = {
    cors: {},
    'no-cors': { mode: 'no-cors' },
    credentials: { credentials: 'include' },
    head: { method: 'HEAD' },
    post: { method: 'POST', body: 'x' },
    keepalive: { keepalive: true },
    manual: { redirect: 'manual' },
    'cache-first': { cache: 'force-cache' },
  };
  const work = Object.entries(asked).map(([how, options]) =>
    attempt(`${context} fetch ${how} ${url}`, async () =>
      noteResponse(`${context} fetch ${how} ${url}`, await fetch(unique(`fetch-${how}`), options)),
    ),
  );
  work.push(
    attempt(`${context} cache ${url}`, async () => {
      const cache = await caches.open('surrogates');
      await cache.add(unique('cache'));
      const kept = await cache.match(unique('cache'));
      await noteResponse(`${context} cache ${url}`, kept);
      for (const request of await cache.keys()) note(`${context} cache key ${url}`, request.url);
    }),
  );
  if (typeof XMLHttpRequest === 'undefined') return work;
  for (const responseType of ['', 'blob', 'document']) {
    work.push(
      attempt(`${context} xhr ${responseType} ${url}`, () => {
        return new Promise((resolve, reject) => {
          const xhr = new XMLHttpRequest();
          const see = () => {
            note(`${context} xhr ${responseType} ${url}`, xhr.responseURL);
            note(`${context} xhr ${responseType} ${url}`, xhr.getAllResponseHeaders());
            if (responseType === 'document') noteDocument(`${context} xhr document ${url}`, xhr.response);
          };
          xhr.onreadystatechange = see;
          xhr.onload = resolve;
          xhr.onerror = reject;
          xhr.open('GET', unique(`xhr-${responseType}`));
          if (responseType) xhr.responseType = responseType;
          xhr.send();
        });
      }),
    );
  }
  work.push(
    attempt(`${context} xhr sync ${url}`, async () => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', unique('xhr-sync'), false);
      xhr.send();
      note(`${context} xhr sync ${url}`, xhr.responseURL);
    }),
  );
  work.push(
    attempt(`${context} EventSource ${url}`, () => {
      return new Promise((resolve, reject) => {
        const source = new EventSource(unique('events'));
        source.onmessage = (event) => resolve(note(`${context} EventSource ${url}`, event.origin));
        source.onerror = (event) => {
          note(`${context} EventSource ${url}`, `${source.url} ${event.origin}`);
          source.close();
          reject(new Error('no events'));
        };
      });
    }),
  );
  return work;
}

function noteDocument(how, document) {
  if (!document) return;
  for (const name of ['URL', 'baseURI', 'documentURI', 'referrer', 'domain']) note(`${how} ${name}`, document[name]);
}

function notePerformance(context) {
  for (const entry of performance.getEntries()) noteAll(`${context} performance`, JSON.parse(JSON.stringify(entry)));
}

if (typeof importScripts === 'function') {
  self.addEventListener('error', (event) => {
    note('worker error', event.filename);
    noteError('worker error', event.error);
  });
}

// For the scripts that come after this one.
Object.assign(self, { noteStacks, askByScript, notePerformance });
