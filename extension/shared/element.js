/** Elements that are made once; what a page of ours shows and updates is drawn by Preact. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {string} [words]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes, words = '') {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = words;
  return made;
}
