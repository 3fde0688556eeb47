/**
 * A small world on this machine that plays TikTok's hosts, shops, news pages and redirectors over TLS.
 *
 * Browsers reach it on one free loopback port and are given no other way out: a request to *any* host ends here and is
 * written into the log, whether the world knows that host or not. So the log, and not what an extension says of
 * itself, tells what left the browser.
 *
 * The port is a proxy, and a server too, for browsers that take every name for this machine's: what begins with a TLS
 * handshake is one, and plain HTTP else. Chromium does some things only where it has no proxy, such as loading pages of
 * other sites ahead.
 */

import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeCertificate } from './world/certificate.js';
import { answer } from './world/hosts.js';
import { Log } from './world/log.js';

/** The first byte of a TLS handshake. */
const TLS_HANDSHAKE = 0x16;

/** Addresses may be long. */
const maxHeaderSize = 200_000;

/**
 * How hosts answer; one that takes its time is waited for.
 *
 * @typedef {(...request: Parameters<typeof answer>) => ReturnType<typeof answer> | Promise<ReturnType<typeof answer>>} Respond
 *
 * @typedef {object} World
 * @property {number} port on 127.0.0.1, of the proxy and of all its hosts
 * @property {Log} log everything that arrived
 * @property {() => Promise<void>} close
 */

/**
 * Starts the world.
 *
 * @param {Respond} [respond] how its hosts answer, if not as they do in the table of hosts
 * @returns {Promise<World>}
 * @throws {Error} if no loopback port can be opened
 */
export async function startWorld(respond = answer) {
  const log = new Log();
  const plain = http.createServer({ maxHeaderSize }, (request, response) =>
    serve('http', request, response, log, respond),
  );
  const secure = https.createServer({ ...makeCertificate('Detick test world'), maxHeaderSize }, (request, response) =>
    serve('https', request, response, log, respond),
  );
  // Browsers drop connections at will, above all those to blocked hosts.
  for (const server of [plain, secure]) server.on('clientError', (_, socket) => socket.destroy());
  secure.on('secureConnection', ({ servername }) => log.addConnection(servername || 'unknown'));
  const receive = (/** @type {import('node:stream').Duplex} */ socket) => hand(socket, plain, secure);
  plain.on('connect', (_, socket, head) => {
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    receive(socket);
  });
  const port = net.createServer(receive);

  const sockets = rememberSockets(port);
  await new Promise((resolve, reject) => {
    port.once('error', reject);
    port.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const address = port.address();
  if (address === null || typeof address === 'string') throw new Error('the world has no port');
  return { port: address.port, log, close: () => close(port, sockets) };
}

/**
 * Hands a connection to the server that speaks its language, as its first byte tells.
 *
 * @param {import('node:stream').Duplex} socket
 * @param {http.Server} plain
 * @param {https.Server} secure
 */
function hand(socket, plain, secure) {
  socket.on('error', () => socket.destroy());
  socket.once('readable', () => {
    const first = socket.read(1);
    if (first === null) return;
    socket.unshift(first);
    (first[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
  });
}

/**
 * Logs one request and answers it.
 *
 * @param {'http' | 'https'} scheme
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {Log} log
 * @param {Respond} respond
 */
async function serve(scheme, request, response, log, respond) {
  const arrival = describe(scheme, request);
  log.add(arrival);
  try {
    for await (const chunk of request.setEncoding('utf8')) arrival.body += chunk;
    const reply = await respond(arrival, log);
    response.writeHead(reply.status, reply.headers);
    if (reply.body instanceof Readable) await pipeline(reply.body, response);
    else response.end(request.method === 'HEAD' ? undefined : reply.body);
  } catch (error) {
    // The browser gave up in the middle, or the world did; the log has what came.
    if (request.errored || response.headersSent) return;
    console.error(`world: ${arrival.method} ${arrival.url}:`, error);
    response.writeHead(500).end();
  }
}

/**
 * @param {'http' | 'https'} scheme
 * @param {http.IncomingMessage} request
 * @returns {import('./world/log.js').Arrival} without its body, which is still to come
 */
function describe(scheme, request) {
  const target = (request.url ?? '/').replace(/^https?:\/\/[^/?#]*/, '') || '/';
  const [path = '/', ...rest] = target.split('?');
  const authority = request.headers.host ?? 'unknown';
  return {
    scheme,
    host: authority.replace(/:\d+$/, ''),
    method: request.method ?? 'GET',
    path,
    query: rest.join('?'),
    url: `${scheme}://${authority}${target}`,
    headers: request.headers,
    body: '',
    time: Date.now(),
  };
}

/**
 * @param {net.Server} server
 * @returns {Set<net.Socket>} those that are open now
 */
function rememberSockets(server) {
  /** @type {Set<net.Socket>} */
  const sockets = new Set();
  server.on('connection', (/** @type {net.Socket} */ socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

/**
 * @param {net.Server} server
 * @param {Set<net.Socket>} sockets
 * @returns {Promise<void>}
 */
function close(server, sockets) {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
