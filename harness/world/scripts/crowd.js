// Sends as many different requests as `?count=` says, to the host that `&host=` names.
{
  const asked = new URLSearchParams(location.search);
  const host = asked.get('host') ?? 'analytics.tiktok.com';
  const sent = Array.from({ length: Number(asked.get('count') ?? 1) }, (_, number) =>
    fetch(`https://${host}/api/v2/number-${number}`, { mode: 'no-cors' }).catch(() => undefined),
  );
  Promise.all(sent).then(() => {
    document.body.dataset.sent = String(sent.length);
  });
}
