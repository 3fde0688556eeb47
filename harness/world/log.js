/**
 * What arrived at the world's hosts, in order: the only truth a test may assert.
 *
 * @typedef {object} Arrival
 * @property {string} scheme `http` or `https`
 * @property {string} host without the port
 * @property {string} method
 * @property {string} path without the query
 * @property {string} query the raw bytes after the first `?`, empty if there are none
 * @property {string} url scheme, host, path and query as they were sent
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {string} body
 * @property {number} time milliseconds since the epoch
 */

export class Log {
  /** @type {Arrival[]} */
  #arrivals = [];
  /** @type {string[]} */
  #connections = [];

  /** @param {Arrival} arrival */
  add(arrival) {
    this.#arrivals.push(arrival);
  }

  /** @param {string} host which a TLS handshake has named */
  addConnection(host) {
    this.#connections.push(host);
  }

  /** Forgets everything that arrived so far. */
  clear() {
    this.#arrivals = [];
    this.#connections = [];
  }

  /**
   * @returns {readonly string[]} the hosts that a browser has connected to over TLS, oldest first; it may have asked
   *   nothing of them
   */
  connections() {
    return this.#connections;
  }

  /** @returns {readonly Arrival[]} everything that arrived, oldest first */
  all() {
    return this.#arrivals;
  }

  /**
   * What arrived at some hosts.
   *
   * @param {string | RegExp} hosts an exact host, or a pattern for several
   * @param {string} [path] only this path
   * @returns {Arrival[]}
   */
  to(hosts, path) {
    return this.#arrivals.filter(
      (arrival) =>
        (typeof hosts === 'string' ? arrival.host === hosts : hosts.test(arrival.host)) &&
        (path === undefined || arrival.path === path),
    );
  }

  /**
   * Waits until something arrives at a host, for what pages send after they have loaded.
   *
   * @param {string | RegExp} hosts
   * @param {string} [path]
   * @param {number} [timeoutMs]
   * @returns {Promise<Arrival>} the first such arrival, which may lie in the past
   * @throws {Error} if nothing arrived in time; the message lists what did
   */
  async arrival(hosts, path, timeoutMs = 15_000) {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const [first] = this.to(hosts, path);
      if (first) return first;
      if (Date.now() > deadline) throw new Error(`nothing arrived at ${hosts}${path ?? ''}; but:\n${this}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  toString() {
    return this.#arrivals.map(({ method, url }) => `${method} ${url}`).join('\n');
  }
}
