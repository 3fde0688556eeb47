/**
 * The part of a page that saves a report: folded at first.
 *
 * @import { VNode } from 'preact'
 */

import { h } from 'preact';
import { Fold } from './fold.js';
import { text } from './text.js';

const VALUES = 'report-values';

/** @typedef {(form: { isHtml: boolean, hasValues: boolean }) => void} Save */

/** @param {Save} save @returns {VNode} */
export function reportChoice(save) {
  const press = (/** @type {boolean} */ isHtml) => () => save({ isHtml, hasValues: hasValues() });
  return h(
    Fold,
    { key: 'save-report', class: 'save-report' },
    h('summary', { id: 'save-report' }, text('saveReport')),
    h('p', { class: 'soft' }, text('saveReportMore')),
    h('label', {}, h('input', { type: 'checkbox', id: VALUES }), text('saveReportValues')),
    h(
      'div',
      { class: 'forms' },
      h('button', { id: 'report-html', onClick: press(true) }, text('saveAs', 'HTML')),
      h('button', { id: 'report-json', onClick: press(false) }, text('saveAs', 'JSON')),
    ),
  );
}

/** Whether the person wants values: the box is theirs alone, and empty at first. */
function hasValues() {
  return /** @type {HTMLInputElement} */ (document.getElementById(VALUES)).checked;
}
