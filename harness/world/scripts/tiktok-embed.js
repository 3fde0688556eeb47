// Plays embed.js: turns every quotation of a video into a frame that tells TikTok what is being read.
for (const quote of document.querySelectorAll('blockquote.tiktok-embed')) {
  const frame = document.createElement('iframe');
  frame.src = `https://www.tiktok.com/embed/v2/${quote.dataset.videoId}?lang=en&referrer=${encodeURIComponent(location.href)}`;
  quote.replaceChildren(frame);
}
