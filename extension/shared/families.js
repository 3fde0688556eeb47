/** TikTok's domains and those of its sister companies. */

import { isWithin } from './site.js';

/** Where TikTok's site, its scripts, pictures, films and reports are. */
export const TIKTOK = [
  'byteoversea.com',
  'byteoversea.net',
  'ibytedtos.com',
  'ibyteimg.com',
  'musical.ly',
  'pangle-ads.com',
  'tik-tokapi.com',
  'tiktok-global.com',
  'tiktok-intl.com',
  'tiktok.com',
  'tiktok.in',
  'tiktok.net',
  'tiktok.tv',
  'tiktokapis.com',
  'tiktokapis.eu',
  'tiktokapis.us',
  'tiktokcdn-eu.com',
  'tiktokcdn-us.com',
  'tiktokcdn.com',
  'tiktokshop.com',
  'tiktokv-eu.com',
  'tiktokv-row.com',
  'tiktokv-us.com',
  'tiktokv.com',
  'tiktokv.eu',
  'tiktokv.us',
  'tiktokw.com',
  'tiktokw.eu',
  'tiktokw.us',
  'ttapis.com',
  'ttwstatic.com',
];

/** Other sites of the same company: each may have an account of its own. */
export const SISTERS = [
  'bytedance.com',
  'capcut.com',
  'douyin.com',
  'lemon8-app.com',
  'oceanengine.com',
  'toutiao.com',
];

const ALL = [...TIKTOK, ...SISTERS];

/**
 * The domain of TikTok's or a sister's that a host belongs to; nothing for anybody else's.
 *
 * @param {string} host
 */
export function familyOf(host) {
  return ALL.find((domain) => isWithin(host, domain));
}
