/** TikTok's domains and those of its sister companies. */

import { isWithin } from './site.js';

/** Where TikTok's site, its scripts, pictures, films and reports are. */
export const TIKTOK = [
  'byteoversea.com',
  'ibytedtos.com',
  'ibyteimg.com',
  'musical.ly',
  'pangle-ads.com',
  'tiktok.com',
  'tiktokcdn-eu.com',
  'tiktokcdn-us.com',
  'tiktokcdn.com',
  'tiktokshop.com',
  'tiktokv.com',
  'tiktokv.eu',
  'tiktokv.us',
  'tiktokw.com',
  'tiktokw.eu',
  'tiktokw.us',
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
