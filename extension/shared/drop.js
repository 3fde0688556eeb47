/** What somebody drops on a page of ours. */

/**
 * @param {DragEvent} event
 * @returns {string} the links that were dropped, one a line, or else the text.
 */
export function droppedText({ dataTransfer }) {
  const links = dataTransfer?.getData('text/uri-list').split(/\r?\n/);
  const named = links?.filter((line) => line !== '' && !line.startsWith('#')) ?? []; // lines with # are comments
  return named.length > 0 ? named.join('\n') : (dataTransfer?.getData('text/plain') ?? '');
}

/**
 * Takes whatever is dropped anywhere on the page, and shows that it would.
 *
 * @param {(event: DragEvent) => unknown} take
 */
export function acceptDrops(take) {
  const mark = (/** @type {boolean} */ isOver) => document.body.classList.toggle('dropping', isOver);
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    mark(true);
  });
  document.addEventListener('dragleave', () => mark(false));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    mark(false);
    take(event);
  });
}
