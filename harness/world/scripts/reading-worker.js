// Reads addresses from inside a worker, classic or shared; a module worker loads it with `import`.
{
  const run = async ({ context, urls, ownUrls }) => {
    const work = urls.flatMap((url) => askByScript(context, url));
    for (const url of [...urls, ...ownUrls]) {
      work.push(
        attempt(`${context} importScripts ${url}`, async () => {
          importScripts(`${url}${url.includes('?') ? '&' : '?'}${context}-import`.replace(/ /g, '-'));
          noteStacks(`${context} importScripts ${url}`);
        }),
        attempt(
          `${context} import ${url}`,
          () => import(`${url}${url.includes('?') ? '&' : '?'}${context}-module`.replace(/ /g, '-')),
        ),
      );
    }
    await Promise.all(work);
    notePerformance(context);
    return self.readings;
  };
  self.onmessage = async ({ data }) => self.postMessage(await run(data));
  self.onconnect = ({ ports: [port] }) => {
    port.onmessage = async ({ data }) => port.postMessage(await run(data));
  };
}
