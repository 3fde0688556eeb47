/**
 * A page that looks for an extension's addresses in everything that a browser tells a page, and what it loads for that.
 */

import { content, script } from './reply.js';

export const READING_HOST = 'reading.example';

const HTML = `<!doctype html><meta charset="utf-8"><title>Reading</title>
<script src="/scripts/reading.js"></script><script src="/scripts/reading-page.js"></script><p>Words</p>`;

/** Everything is reported, nothing is stopped. */
const POLICIES = {
  'content-security-policy-report-only': "default-src 'none'; report-uri /told; report-to told",
  'reporting-endpoints': `told="https://${READING_HOST}/told", default="https://${READING_HOST}/told"`,
  'document-policy': 'js-profiling',
};

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const readingHosts = [
  [
    /^reading\.example$/,
    {
      '/': () => content('text/html; charset=utf-8', HTML, POLICIES),
      '/told': () => content('text/plain', ''),
      '/scripts/*': (request) => script(request.path.slice('/scripts/'.length), { 'service-worker-allowed': '/' }),
      '/surrogate/*': () => content('text/plain', ''),
    },
  ],
  [/^surrogate\.example$/, { '/*': () => content('text/plain', '', { 'access-control-allow-origin': '*' }) }],
];
