/** What is known of the vectors: which browser does nothing with which, and which still arrive. */

/** @typedef {Record<string, string>} Reasons by the vector's name */

const SAME_DOCUMENT = 'only parts of the same document are taken';
const SAME_ORIGIN = 'only the same origin is asked';
const NO_BROWSER = 'no browser has it any more, or by itself';

/** @type {Reasons} */
const UNSENT_ANYWHERE = {
  portal: NO_BROWSER,
  fencedframe: NO_BROWSER,
  'shared-storage': NO_BROWSER,
  'interest-group': NO_BROWSER,
  attributionsrc: NO_BROWSER,
  prerender: NO_BROWSER,
  'worker-of-tracker': SAME_ORIGIN,
  'worker-302': SAME_ORIGIN,
  'svg-use': SAME_DOCUMENT,
  'svg-in-redirect': SAME_DOCUMENT,
  'svg-filter': SAME_DOCUMENT,
  'css-filter': SAME_DOCUMENT,
  'css-backdrop-filter': SAME_DOCUMENT,
  'css-offset-path': SAME_DOCUMENT,
  'svg-in-img': 'an image loads nothing',
  'xml-entity': 'what a document type names is never loaded',
  'xml-dtd': 'what a document type names is never loaded',
  webtransport: 'it goes over UDP, which the world does not hear',
  'speculation-anonymous': "it goes through the browser maker's own proxy, which is not there",
  'manifest-icon': 'it is loaded when a person installs the site',
  'fetch-user': 'a script may not name a user',
};

/**
 * Vectors that send something at times, without Detick too: in some windows a person has to agree.
 *
 * @type {ReadonlySet<string>}
 */
export const UNSTEADY = new Set(['background-fetch']);

/**
 * Vectors that send nothing, without Detick too.
 *
 * @type {Record<'chromium' | 'firefox', Reasons>}
 */
export const UNSENT = {
  chromium: {
    ...UNSENT_ANYWHERE,
    'xslt-import': SAME_ORIGIN,
    'xslt-document': SAME_ORIGIN,
    multipart: 'such documents are not shown',
    'apple-touch-icon': 'it is not loaded',
    'link-header-stylesheet': 'not heeded',
    'frame-user': 'a frame may not name a user',
  },
  firefox: {
    ...UNSENT_ANYWHERE,
    'media-playlist': 'not played',
    'svg-clip-path': SAME_DOCUMENT,
    'svg-fill': SAME_DOCUMENT,
    'svg-marker': SAME_DOCUMENT,
    'css-clip-path': SAME_DOCUMENT,
    'css-cross-fade': 'unknown',
    'preload-track': 'not heeded',
    'search-description': 'it is loaded when a person adds it',
    manifest: 'not heeded',
    'speculation-prefetch': 'unknown',
    'speculation-prerender': 'unknown',
    'speculation-of-links': 'unknown',
    'speculation-redirect': 'unknown',
    'speculation-inserted': 'unknown',
    'speculation-header': 'unknown',
    'paint-worklet': 'unknown',
    'payment-manifest': 'unknown',
    fedcm: 'unknown',
    'leaving-image': 'images of a page that is left are not asked for',
    'fetch-later': 'unknown',
    'fetch-later-soon': 'unknown',
  },
};

const CONNECTION = 'the browser connects, and asks nothing';
const BY_ITSELF = 'the browser sends it by itself, not for a page';

/**
 * Vectors that arrive with Detick, as SECURITY.md says. One that no longer does has to go from here.
 *
 * @type {Record<'chromium' | 'firefox', Reasons>}
 */
export const ARRIVING = {
  chromium: {
    preconnect: CONNECTION,
    'preconnect-cors': CONNECTION,
    'turn-over-tls': CONNECTION,
    'csp-report-to': BY_ITSELF,
    fedcm: BY_ITSELF,
    'payment-manifest': BY_ITSELF,
  },
  firefox: {
    preconnect: CONNECTION,
    'preconnect-cors': CONNECTION,
    'turn-over-tls': CONNECTION,
    'fetch-two-dots': 'no such name can be found outside of a test',
    'go-two-dots': 'no such name can be found outside of a test',
    'frame-two-dots': 'no such name can be found outside of a test',
  },
};
