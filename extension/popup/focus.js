/**
 * Where the popup has the focus: on the switch, until the person does anything; then where it was, whatever is drawn
 * anew.
 */

/**
 * Where it goes from a button that is gone once it was pressed; `allow …` and `disallow …` take each other back.
 *
 * @type {Record<string, string>}
 */
const TAKES_BACK = { 'leave-links': 'clean-links', 'clean-links': 'copy', 'open-again': 'copy' };

/** Whether the person has done anything: from then on the focus is theirs. */
let isTheirs = false;

/** Begins, and begins again where the window takes the focus. */
export function watch() {
  addEventListener('focus', begin);
  for (const type of ['pointerdown', 'keydown']) addEventListener(type, leaveToPerson, { capture: true });
}

function leaveToPerson() {
  isTheirs = true;
}

/**
 * Puts the focus on the switch, as soon as there is one (a tab may not know its address yet) that takes it: in a window
 * that is not shown yet none may, and one that is being shown may lose it again.
 */
export function begin() {
  if (!isTheirs && !isSomewhere()) document.getElementById('switch')?.focus();
}

/** Whether anything has the focus. */
function isSomewhere() {
  const { activeElement, body, documentElement } = document;
  return activeElement !== null && activeElement !== body && activeElement !== documentElement;
}

/**
 * Draws, and leaves the focus where it was: on what has taken that place, where it is drawn anew.
 *
 * @param {() => void} draw
 */
export function keepFocus(draw) {
  const focused = document.activeElement?.id ?? '';
  draw();
  begin();
  if (focused === '' || document.activeElement?.id === focused) return;
  const back = TAKES_BACK[focused] ?? (focused.startsWith('dis') ? focused.slice('dis'.length) : `dis${focused}`);
  const places = [focused, back, 'switch'].map((id) => document.getElementById(id));
  places.find((place) => place !== null)?.focus();
}
