// Plays a page that puts in embeds as it is read, and one that tries to press Detick's buttons.
window.insertEmbeds = () => {
  const frame = document.createElement('iframe');
  frame.id = 'late';
  frame.width = '325';
  frame.height = '580';
  document.body.append(frame);
  frame.src = 'https://www.tiktok.com/embed/v2/7300000000000000005';

  const quote = document.querySelector('#quote').cloneNode(true);
  quote.id = 'late-quote';
  quote.style.display = '';
  document.body.append(quote);
};

// As pages do that put in a quotation after embed.js has run.
window.renderEmbeds = () => window.tiktokEmbed.lib.render([document.querySelector('#late-quote')]);

window.pressEverything = () => {
  for (const stand of document.querySelectorAll('div')) {
    stand.click();
    stand.shadowRoot?.querySelector('button')?.click();
  }
};
