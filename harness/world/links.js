/** The links that people meet in this world. */

/** A video's own address. */
export const VIDEO = 'https://www.tiktok.com/@tina/video/7300000000000000001';

/** What the app's Share button makes of {@link VIDEO}: who shared, on which device, when and from where. */
export const SHARED_LINK =
  `${VIDEO}?_r=1&_t=ZT-8abcDEFghiJ&u_code=d1k2l3m4n5&_d=secCgYIASAHKAESPgo8&share_item_id=7300000000000000001` +
  '&sec_user_id=MS4wLjABAAAAsharer&user_id=6800000000000000002&share_iid=7310000000000000003' +
  '&share_link_id=0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0&share_app_id=1233&timestamp=1700000000&tt_from=copy' +
  '&utm_source=copy&utm_medium=android&utm_campaign=client_share&source=h5_m&sharer_language=en&checksum=9f8e7d6c';

/** What the Share button makes of a slide of a photo post; which slide is the only part that works. */
export const SHARED_PHOTO_LINK =
  'https://www.tiktok.com/@tina/photo/7300000000000000003?is_from_webapp=1&sender_device=pc&web_id=7300000000000000009&ug_photo_idx=2';

/** Where the redirectors on the links page lead, already free of trackers. */
export const DESTINATION = 'https://destination.example/article?id=7&q=c%2B%2B';

/** TikTok's exit page with {@link DESTINATION} in it, as found in profiles. */
export const LINK_V2 = `https://www.tiktok.com/link/v2?aid=1988&lang=en&scene=bio_url&target=${encodeURIComponent(DESTINATION)}`;

/** What the app sends, `state` in an unusual but legal spelling. */
export const AUTHORIZE =
  'https://www.tiktok.com/v2/auth/authorize/?client_key=aw1b2c3d4e5f&response_type=code&scope=user.info.basic%2cvideo.list' +
  '&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&state=a%2Bb~c%3d%3D&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw_cM' +
  '&code_challenge_method=S256';
