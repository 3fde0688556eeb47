/** Which links are short ones of TikTok's: their path is a code that tells who shared them. */

/** Hosts of which every path is a short code. */
export const SHORT_HOSTS = ['vm.tiktok.com', 'vt.tiktok.com', 't.tiktok.com', 'lite.tiktok.com'];

/** Short codes below a path of an ordinary host, as rules spell it. */
export const SHORT_PATHS = ['||tiktok.com/t/'];

const SHORT_LINK = /^https?:\/\/(?:(?:vm|vt|t|lite)\.tiktok\.com\/\S|(?:www\.|m\.)?tiktok\.com\/t\/\w)/i;

/** @param {string} url */
export function isShortLink(url) {
  return SHORT_LINK.test(url);
}
