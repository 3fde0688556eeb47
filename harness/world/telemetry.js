/** The hosts that TikTok's own pages report to: events, monitoring, fingerprints, experiments. */

import { json, readableBy } from './reply.js';

/** @type {import('./hosts.js').Handler} */
const accept = (request) => json({ e: 0, web_id: '7300000000000000001' }, readableBy(request));

/** @type {[RegExp, import('./hosts.js').Routes][]} */
export const telemetryHosts = [
  [
    /^(ads|mcs|mon|mssdk|webmssdk|libraweb|log)[\w-]*(\.[\w-]+)*\.(tiktok\.com|tiktok[vw]\.(com|us|eu)|byteoversea\.com)$/,
    { '/*': accept },
  ],
];
