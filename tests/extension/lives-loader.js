/**
 * Gives the modules of each life addresses of their own, and the background an engine of three rules if the life's name
 * does not ask for the real one. Runs in node's loader.
 */

const ENGINE = /\/extension\/engine\/engine\.js$/;

/**
 * @param {string} specifier
 * @param {{parentURL?: string}} context
 * @param {(specifier: string, context: object) => Promise<{url: string}>} next
 */
export async function resolve(specifier, context, next) {
  const result = await next(specifier, context);
  const life = new URL(context.parentURL ?? 'file:///').searchParams.get('life');
  if (life === null || result.url.includes('?') || !result.url.includes('/extension/')) return result;
  if (ENGINE.test(result.url) && !life.startsWith('whole'))
    return { ...result, url: new URL('fake-engine.js', import.meta.url).href };
  return { ...result, url: `${result.url}?life=${life}` };
}
