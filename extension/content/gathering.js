/**
 * What TikTok's pixel gathers of a page by itself, unless the site has opted out: title, description, key words and
 * products as the page describes them, what is chosen in forms, which questions are answered, what is pressed, and how
 * far somebody reads. It is gathered here only once a page has told the pixel something, in the form in which the pixel
 * would report it, and goes to Detick's background alone. What somebody writes is never read. (What the page says to
 * its tag manager only a script in its own world sees: `surrogates/ttq.js`.)
 */

const LONGEST = 2000;
const MOST_PRODUCTS = 10;
/** How often it is told how far somebody reads, on the way to a page's end. */
const STEPS = 4;

const PRESSED =
  'button, [role="button"], input[type="button"], input[type="submit"], a[class*="btn" i], a[class*="button" i]';
/** What a page says of itself to those who show links to it. */
const SHOWN = ['og:title', 'og:description', 'product:price:amount', 'product:price:currency'];
const ASKED = 'input, select, textarea';
const UNASKED = ['hidden', 'password', 'submit', 'button', 'reset', 'image', 'file'];

/**
 * Gathers from now on.
 *
 * @param {(report: string) => void} tell
 */
export function gather(tell) {
  const say = (/** @type {object} */ found) => tell(JSON.stringify({ auto_collected_properties: found }));
  const look = () => say({ page_trigger: 'PageView', content_data: pageData() });
  if (document.readyState === 'complete') look();
  else addEventListener('load', look, { once: true });
  const listen = (/** @type {string} */ type, /** @type {(target: Element) => object | undefined} */ read) =>
    addEventListener(
      type,
      ({ isTrusted, target }) => {
        const found = isTrusted && target instanceof Element && read(target);
        if (found) say(found);
      },
      { capture: true, passive: true },
    );
  listen('click', pressed);
  listen('change', answered);
  const seen = depth((properties) => tell(JSON.stringify({ properties })));
  addEventListener('scroll', seen, { passive: true });
}

/**
 * How much of a page has come into view: told in the words of the pixel's report on speed, each step once.
 *
 * @param {(properties: { doc_height: number, max_scroll_height: number }) => void} say
 */
function depth(say) {
  let told = 0;
  return () => {
    const height = document.documentElement.scrollHeight;
    const seen = Math.min(height, Math.ceil(scrollY + innerHeight));
    const step = Math.floor((STEPS * seen) / height);
    if (!(step > told)) return;
    told = step;
    say({ doc_height: height, max_scroll_height: seen });
  };
}

/** What a page says of itself, each kind a text in JSON. */
function pageData() {
  /** @type {Record<string, string>} */
  const meta = { title: short(document.title) };
  /** @type {Record<string, string>} */
  const graph = {};
  for (const name of ['description', 'keywords'])
    meta[`meta:${name}`] = short(document.querySelector(`meta[name="${name}" i]`)?.getAttribute('content'));
  for (const name of SHOWN)
    graph[name] = short(document.querySelector(`meta[property="${name}"]`)?.getAttribute('content'));
  const described = [...document.querySelectorAll('script[type="application/ld+json"]')].flatMap(({ textContent }) =>
    products(textContent),
  );
  return {
    meta: JSON.stringify(meta),
    open_graph: JSON.stringify(graph),
    json_ld: JSON.stringify(described.slice(0, MOST_PRODUCTS)),
    microdata: JSON.stringify(markedUp()),
  };
}

/** Products in the page's markup, each with what it is offered for. */
function markedUp() {
  const scopes = [...document.querySelectorAll('[itemscope][itemtype$="schema.org/Product"]')];
  return scopes.slice(0, MOST_PRODUCTS).map((scope) => ({
    type: scope.getAttribute('itemtype'),
    properties: propertiesOf(scope, ['name', 'sku']),
    subscopes: partsOf(scope, 'offers')
      .slice(0, MOST_PRODUCTS)
      .map((offer) => ({
        type: offer.getAttribute('itemtype'),
        properties: propertiesOf(offer, ['price', 'priceCurrency']),
      })),
  }));
}

/** @param {Element} scope @param {string[]} names */
function propertiesOf(scope, names) {
  const wordsOf = (/** @type {Element | undefined} */ tag) => short(tag?.getAttribute('content') ?? tag?.textContent);
  return Object.fromEntries(names.map((name) => [name, wordsOf(partsOf(scope, name)[0])]));
}

/** What has that name in a scope itself, not in one within it. @param {Element} scope @param {string} name */
function partsOf(scope, name) {
  const tags = [...scope.querySelectorAll(`[itemprop~="${name}"]`)];
  return tags.filter((tag) => tag.parentElement?.closest('[itemscope]') === scope);
}

/**
 * @param {string} json
 * @returns {object[]} the products in it, without what else a page says of them
 */
function products(json) {
  try {
    const all = [JSON.parse(json)].flat().flatMap((one) => one?.['@graph'] ?? one);
    return all
      .filter((one) => [one?.['@type']].flat().some((type) => String(type).endsWith('Product')))
      .map(({ name, sku, offers }) => ({ '@type': 'Product', name, sku, offers: [offers].flat().map(priced) }));
  } catch {
    return []; // no JSON
  }
}

/** @param {{ price?: unknown, priceCurrency?: unknown } | undefined} offer */
function priced(offer) {
  return { price: offer?.price, priceCurrency: offer?.priceCurrency };
}

/** @param {Element} target */
function pressed(target) {
  const button = target.closest(PRESSED);
  if (!button) return undefined;
  const words = button instanceof HTMLInputElement ? button.value : button.textContent;
  const destination = button instanceof HTMLAnchorElement ? button.href : undefined;
  return { page_trigger: 'Click', trigger_element: { inner_text: short(words), attributes: { destination } } };
}

/** @param {Element} target */
function answered(target) {
  const field = target.closest(ASKED);
  if (
    !(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)
  )
    return undefined;
  if (UNASKED.includes(field.type)) return undefined;
  const name = short(field.labels?.[0] ? ownWords(field.labels[0]) : (field.ariaLabel ?? field.name));
  const answers = field instanceof HTMLSelectElement ? optionsOf(field) : [{ tag: 'input', input_type: field.type }];
  const form = [{ questions: [{ name, filled_time: 1, answers }] }];
  return { page_trigger: 'DomChange', form_details: JSON.stringify(form) };
}

/** @param {HTMLSelectElement} field */
function optionsOf({ options }) {
  return [...options].slice(0, 20).map((option) => ({ tag: 'option', name: short(option.label) }));
}

/** What stands in a label itself, not in the field in it. @param {HTMLLabelElement} label */
function ownWords(label) {
  const copy = label.cloneNode(true);
  if (copy instanceof Element) for (const field of copy.querySelectorAll(ASKED)) field.remove();
  return copy.textContent;
}

/** @param {string | null | undefined} text */
function short(text) {
  return (text ?? '').trim().replace(/\s+/g, ' ').slice(0, LONGEST);
}
