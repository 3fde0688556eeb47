/** Why a list was not taken: `key` and `values` name the message that the settings page shows. */
export class ListProblem extends Error {
  /** @param {string} key @param {(string | number)[]} values */
  constructor(key, ...values) {
    super([key, ...values].join(' '));
    this.key = key;
    this.values = values;
    /** What the server asked to wait, in ms. @type {number | undefined} */
    this.retryAfterMs = undefined;
  }
}

/**
 * Any error as one that can be shown.
 *
 * @param {unknown} error
 * @returns {ListProblem}
 */
export function asProblem(error) {
  if (error instanceof ListProblem) return error;
  return new ListProblem('listFailed', error instanceof Error ? error.message : String(error));
}
