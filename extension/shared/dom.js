/** Building pages: elements, and replacing what a page shows without losing the reader's place. */

/** @typedef {Node | string | undefined | false} Child */
/** @typedef {string | number | boolean | undefined | ((event: Event) => unknown)} Prop */

/**
 * An element. A function in `props` is a listener (`onclick`), `true` an empty attribute, `false` or nothing none.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Prop>} [props]
 * @param {(Child | Child[])[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  set(element, props);
  element.append(...present(children));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element of a drawing.
 *
 * @param {string} tag
 * @param {Record<string, Prop>} [props]
 * @param {Child[]} children
 * @returns {SVGElement}
 */
export function svg(tag, props = {}, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  set(element, props);
  element.append(...present(children));
  return element;
}

/** @param {Element} element @param {Record<string, Prop>} props */
function set(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** @param {(Child | Child[])[]} children */
function present(children) {
  return /** @type {(Node | string)[]} */ (children.flat().filter((child) => child !== undefined && child !== false));
}

/**
 * Shows new content: unfolded parts (`data-key`) stay unfolded, the focus (by `id`) stays where it was.
 *
 * @param {Element} root
 * @param {Node[]} content
 */
export function show(root, content) {
  const open = new Set([...root.querySelectorAll('details[data-key][open]')].map(keyOf));
  const known = new Set([...root.querySelectorAll('details[data-key]')].map(keyOf));
  const focused = root.contains(document.activeElement) ? document.activeElement?.id : '';
  root.replaceChildren(...content);
  for (const details of root.querySelectorAll('details[data-key]')) {
    if (known.has(keyOf(details))) details.toggleAttribute('open', open.has(keyOf(details)));
  }
  if (focused) document.getElementById(focused)?.focus();
}

/** @param {Element} details */
const keyOf = (details) => details.getAttribute('data-key');
