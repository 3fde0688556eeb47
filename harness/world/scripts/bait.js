// Plays pages that find out who blocks: they fetch the pixel's script and the advertisers' site, and expect to get
// something.
{
  const fetches = [
    fetch('https://analytics.tiktok.com/i18n/pixel/events.js', { mode: 'no-cors' }),
    fetch('https://ads.tiktok.com/', { mode: 'no-cors' }),
    fetch('https://analytics.tiktok.com/i18n/pixel/events.js').then((answer) => answer.text()),
  ];
  Promise.all(fetches).then(
    () => {
      document.querySelector('#done').textContent = 'nobody blocks';
    },
    (error) => {
      document.querySelector('#done').textContent = `somebody blocks: ${error.message}`;
    },
  );
}
