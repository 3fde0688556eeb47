/** A host that takes its time. */

/** Lets requests through, or holds them up. */
export class Gate {
  #tell = () => undefined;
  #passed = Promise.resolve();
  /** @type {() => void} */
  open = () => undefined;

  /** Holds up what comes. @returns {Promise<void>} once something has come */
  close() {
    this.#passed = new Promise((open) => {
      this.open = open;
    });
    return new Promise((tell) => {
      this.#tell = /** @type {() => undefined} */ (tell);
    });
  }

  /** @returns {Promise<void>} once whoever has come may go on */
  passed() {
    this.#tell();
    return this.#passed;
  }
}
