// Sends as many different requests as `?count=` says, to the hosts that `&host=` names, in turn.
{
  const asked = new URLSearchParams(location.search);
  const hosts = asked.has('host') ? asked.getAll('host') : ['analytics.tiktok.com'];
  const sent = Array.from({ length: Number(asked.get('count') ?? 1) }, (_, number) =>
    fetch(`https://${hosts[number % hosts.length]}/api/v2/number-${number}`, { mode: 'no-cors' }).catch(
      () => undefined,
    ),
  );
  Promise.all(sent).then(() => {
    document.body.dataset.sent = String(sent.length);
  });
}
