/**
 * Runs in the page's own world where no rule of the browser's may answer a request across sites: what a library gets
 * that asks TikTok for the markup of a video. Such a request is refused as everywhere; once it is, the library gets a
 * quotation of that video in its place, where a placeholder will stand. Whole applications are gone otherwise that have
 * no other idea of an answer than a good one.
 *
 * Everything else that a page fetches goes its way, and everything used later is taken now, before a script of the page
 * can change it.
 */

import { markupOf, markupOfNone, VIDEO_ASKED } from '../shared/embed-markup.js';

const { apply } = Reflect;
const { stringify } = JSON;
const { exec } = RegExp.prototype; // `test` would call whatever a page has put in its place
const { then } = Promise.prototype;
const { addEventListener, removeEventListener } = EventTarget.prototype;
const { stopImmediatePropagation } = Event.prototype;
const encode = encodeURIComponent;
const [Answer, Address, Asking] = [Response, URL, Request];
const hrefOf = Object.getOwnPropertyDescriptor(URL.prototype, 'href')?.get ?? (() => '');
const urlOf = Object.getOwnPropertyDescriptor(Request.prototype, 'url')?.get ?? (() => '');

const ASKS_FOR_MARKUP = /^(?:https?:)?\/\/(?:[\w-]+\.)*tiktok\.com\/oembed\/?\?/i;
const VIDEO = new RegExp(`[?&]${VIDEO_ASKED}`, 'i');
const JSON_TYPE = 'application/json';

/** @param {unknown} asked what a page fetches @returns {string} empty if it is nothing that has an address */
function addressOf(asked) {
  if (typeof asked === 'string') return asked;
  if (asked instanceof Address) return apply(hrefOf, asked, []);
  return asked instanceof Asking ? apply(urlOf, asked, []) : '';
}

/** @param {unknown} asked @returns {string | undefined} the answer, in JSON; nothing where no markup is asked for */
function answerTo(asked) {
  const address = addressOf(asked);
  if (apply(exec, ASKS_FOR_MARKUP, [address]) === null) return undefined;
  const [, name, kind, number] = apply(exec, VIDEO, [address]) ?? [];
  return stringify(name && kind && number ? markupOf(name, kind, number) : markupOfNone());
}

/**
 * The same function of the browser's, with a say in how it is called.
 *
 * @param {object} owner
 * @param {string} name
 * @param {(target: Function, self: unknown, given: unknown[]) => unknown} called
 */
function wrap(owner, name, called) {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  if (typeof descriptor?.value !== 'function') return;
  Object.defineProperty(owner, name, { ...descriptor, value: new Proxy(descriptor.value, { apply: called }) });
}

wrap(window, 'fetch', (target, self, given) => {
  const arriving = apply(target, self, given);
  const answer = answerTo(given[0]);
  if (answer === undefined) return arriving;
  const refused = (/** @type {unknown} */ error) => {
    if (error instanceof DOMException) throw error; // the page itself does not want it any more
    return new Answer(answer, { headers: { 'content-type': JSON_TYPE } });
  };
  return apply(then, arriving, [undefined, refused]);
});

const { open, send } = XMLHttpRequest.prototype;
const { get, set, delete: forget } = WeakMap.prototype;

/** Requests for markup that are on their way, with the answer. @type {WeakMap<XMLHttpRequest, string>} */
const answers = new WeakMap();

wrap(XMLHttpRequest.prototype, 'open', (target, self, given) => {
  const result = apply(target, self, given);
  const request = /** @type {XMLHttpRequest} */ (self);
  const answer = given[2] === false ? undefined : answerTo(given[1]);
  // A request may be opened for one thing after the other.
  if (answer === undefined) apply(forget, answers, [request]);
  else expect(request, answer);
  return result;
});

/**
 * A request that is refused is made once more, for an address that holds the answer, and the page hears of that alone.
 *
 * @param {XMLHttpRequest} request
 * @param {string} answer
 */
function expect(request, answer) {
  const isNew = apply(get, answers, [request]) === undefined;
  apply(set, answers, [request, answer]);
  if (!isNew) return;
  const types = ['readystatechange', 'error', 'loadend'];
  let isRefused = false;
  /** @param {Event} event */
  const heed = (event) => {
    const found = apply(get, answers, [request]);
    if (event.type === 'error') isRefused = found !== undefined;
    else if (event.type === 'readystatechange' && !(request.readyState === 4 && request.status === 0)) return;
    else if (event.type === 'loadend') end();
    if (found === undefined || (event.type === 'loadend' && !isRefused)) return;
    apply(stopImmediatePropagation, event, []);
    if (event.type !== 'loadend') return;
    apply(open, request, ['GET', `data:${JSON_TYPE},${encode(found)}`, true]);
    apply(send, request, []);
  };
  const end = () => {
    apply(forget, answers, [request]);
    for (const type of types) apply(removeEventListener, request, [type, heed, true]);
  };
  for (const type of types) apply(addEventListener, request, [type, heed, true]);
}
// Whoever reads a stack, or an error made here, finds no address of ours.
//# sourceURL=about:blank
