/**
 * What TikTok would answer a library that asks for the markup of a video, as far as the address that is asked for tells
 * it: https://developers.tiktok.com/doc/embed-videos describes the answer.
 */

/**
 * A video in the query of such an address, in any spelling: a name, `video` or `photo`, and a number. As text, so that
 * a rule of the browser's can hold it.
 */
export const VIDEO_ASKED =
  'url=https?(?:://|%3A%2F%2F)(?:www\\.|m\\.)?tiktok\\.com' +
  '(?:/|%2F)(?:@|%40)([\\w.-]+)(?:/|%2F)(video|photo)(?:/|%2F)(\\d+)';

/**
 * The answer for a video. Nothing but a name and a number of the address gets in.
 *
 * @param {string} name of whose video it is
 * @param {string} kind `video` or `photo`
 * @param {string} number
 */
export function markupOf(name, kind, number) {
  return {
    version: '1.0',
    type: 'video',
    title: '',
    author_url: `https://www.tiktok.com/@${name}`,
    author_name: name,
    author_unique_id: name,
    embed_product_id: number,
    embed_type: 'video',
    width: '100%',
    height: '100%',
    html: quotation(`https://www.tiktok.com/@${name}/${kind}/${number}`, ` data-video-id="${number}"`),
    provider_url: 'https://www.tiktok.com',
    provider_name: 'TikTok',
  };
}

/** The answer where the address tells of no video that is known: what `surrogates/tiktok-oembed.json` says. */
export function markupOfNone() {
  return {
    version: '1.0',
    type: 'video',
    title: '',
    author_url: 'https://www.tiktok.com/',
    author_name: '',
    width: '100%',
    height: '100%',
    html: quotation('https://www.tiktok.com/'),
    provider_url: 'https://www.tiktok.com',
    provider_name: 'TikTok',
  };
}

/** @param {string} cite @param {string} [video] an attribute that names it */
function quotation(cite, video = '') {
  return (
    `<blockquote class="tiktok-embed" cite="${cite}"${video}><section></section></blockquote>` +
    ' <script async src="https://www.tiktok.com/embed.js"></script>'
  );
}
