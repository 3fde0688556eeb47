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

/** Elements with listeners: they are kept or replaced whole, never filled with something else. @type {WeakSet<Node>} */
const listening = new WeakSet();

/** @param {Element} element @param {Record<string, Prop>} props */
function set(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value);
      listening.add(element);
    } else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
}

/** @param {(Child | Child[])[]} children */
function present(children) {
  return /** @type {(Node | string)[]} */ (children.flat().filter((child) => child !== undefined && child !== false));
}

/**
 * Shows new content and touches only what differs: a button that somebody is pressing stays the same button. Unfolded
 * parts (`data-key`) stay unfolded, the focus (by `id`) stays where it was. A listener may depend on nothing
 * but what its element shows, because an element that looks the same is kept with the listener it had.
 *
 * @param {Element} root
 * @param {Node[]} content
 */
export function show(root, content) {
  const focused = root.contains(document.activeElement) ? document.activeElement?.id : '';
  keepUnfolded(root, content);
  fill(root, content);
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
}

/** @param {Element} root @param {Node[]} content */
function keepUnfolded(root, content) {
  const known = new Map(
    [...root.querySelectorAll('details[data-key]')].map((one) => [keyOf(one), one.hasAttribute('open')]),
  );
  const elements = content.filter((node) => node instanceof Element);
  for (const details of elements.flatMap((element) => [...element.querySelectorAll('details[data-key]')])) {
    const open = known.get(keyOf(details));
    if (open !== undefined) details.toggleAttribute('open', open);
  }
}

/** @param {Element} details */
const keyOf = (details) => details.getAttribute('data-key');

/** @param {Node} parent @param {Node[]} content */
function fill(parent, content) {
  content.forEach((node, index) => {
    const before = parent.childNodes[index];
    if (!before) parent.appendChild(node);
    else if (before.isEqualNode(node)) return;
    else if (isSameShell(before, node)) fill(before, [...node.childNodes]);
    else parent.replaceChild(node, before);
  });
  while (parent.childNodes.length > content.length) parent.lastChild?.remove();
}

/** Whether two elements differ in nothing but what is inside. @param {Node} one @param {Node} other */
function isSameShell(one, other) {
  return one instanceof Element && !listening.has(one) && one.cloneNode(false).isEqualNode(other.cloneNode(false));
}
