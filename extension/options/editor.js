/**
 * The editor of own lines: line numbers, search, colours, complaints in the gutter. It comes with a library,
 * CodeMirror, and is loaded only when somebody opens it.
 *
 * It lives in a shadow root: there the library's style sheets are adopted, which the policy of our pages allows; in the
 * document they would be elements, which it does not.
 *
 * @import { Text } from '@codemirror/state'
 * @import { DecorationSet, Panel, ViewUpdate } from '@codemirror/view'
 * @import { LineComplaint } from '../types.js'
 */

import {
  cursorDocEnd,
  cursorDocStart,
  cursorGroupLeft,
  cursorGroupRight,
  deleteCharBackward,
  deleteCharForward,
  deleteGroupBackward,
  deleteGroupForward,
  deleteLine,
  history,
  historyKeymap,
  insertNewline,
  moveLineDown,
  moveLineUp,
  selectAll,
  selectDocEnd,
  selectDocStart,
  selectGroupLeft,
  selectGroupRight,
} from '@codemirror/commands';
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  openSearchPanel,
  SearchQuery,
  search,
  searchKeymap,
  setSearchQuery,
} from '@codemirror/search';
import { EditorState, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  GutterMarker,
  gutter,
  highlightActiveLine,
  keymap,
  lineNumbers,
  ViewPlugin,
} from '@codemirror/view';
import { element } from '../shared/element.js';
import { text } from '../shared/text.js';
import { partsOf } from './line-parts.js';

/**
 * What the page tells the editor and hears of it.
 *
 * @typedef {object} Listener
 * @property {() => void} changed the text is another now
 * @property {() => void} save the person pressed the key for it
 */

/**
 * @typedef {object} Editor
 * @property {() => string} text as it stands
 * @property {(words: string) => void} replace all of it
 * @property {(words: string) => boolean} holds whether that is the text
 * @property {(complaints: readonly LineComplaint[]) => void} complain marks lines
 * @property {(line: number, column: number) => void} goTo puts the caret there, both from 1, the column in characters
 * @property {() => void} find opens the search
 * @property {() => void} focus
 */

/**
 * @param {HTMLElement} place that nothing else uses
 * @param {string} words that it begins with
 * @param {Listener} listener
 * @returns {Editor}
 */
export function openEditor(place, words, listener) {
  const root = place.attachShadow({ mode: 'open' });
  const view = new EditorView({ parent: root, root, state: stateOf(words, listener) });
  return {
    text: () => view.state.doc.toString(),
    replace: (other) => view.setState(stateOf(other, listener)),
    holds: (other) => view.state.doc.length === other.length && view.state.doc.toString() === other,
    complain: (complaints) => view.dispatch({ effects: complain.of(complaints) }),
    goTo: (line, column) => goTo(view, line, column),
    find: () => openSearchPanel(view),
    focus: () => view.focus(),
  };
}

/** @param {string} words @param {Listener} listener */
function stateOf(words, { changed, save }) {
  const saveByKey = () => {
    save();
    return true;
  };
  return EditorState.create({
    doc: words,
    extensions: [
      lineNumbers(),
      complaints,
      history(),
      drawSelection(),
      highlightActiveLine(),
      search({ top: true, createPanel: searchPanel }),
      coloured,
      EditorState.phrases.of({ 'Control character': '' }),
      EditorView.contentAttributes.of({ 'aria-label': text('sectionOwn'), autocapitalize: 'off', spellcheck: 'false' }),
      EditorView.updateListener.of(({ docChanged }) => {
        if (docChanged) changed();
      }),
      keymap.of([{ key: 'Mod-s', preventDefault: true, run: saveByKey }, ...KEYS]),
      LOOK,
    ],
  });
}

/** Those of the library's that make no use of a language; the Tab key goes on to the next control. */
const KEYS = [
  ...searchKeymap.filter(({ key = '' }) => /^(?:Mod-f|F3|Mod-g|Escape)$/.test(key)),
  ...historyKeymap,
  { key: 'Enter', run: insertNewline },
  { key: 'Mod-a', run: selectAll },
  { key: 'Backspace', run: deleteCharBackward },
  { key: 'Delete', run: deleteCharForward },
  { key: 'Mod-Backspace', mac: 'Alt-Backspace', run: deleteGroupBackward },
  { key: 'Mod-Delete', mac: 'Alt-Delete', run: deleteGroupForward },
  { key: 'Mod-ArrowLeft', mac: 'Alt-ArrowLeft', run: cursorGroupLeft, shift: selectGroupLeft },
  { key: 'Mod-ArrowRight', mac: 'Alt-ArrowRight', run: cursorGroupRight, shift: selectGroupRight },
  { key: 'Mod-Home', mac: 'Cmd-ArrowUp', run: cursorDocStart, shift: selectDocStart },
  { key: 'Mod-End', mac: 'Cmd-ArrowDown', run: cursorDocEnd, shift: selectDocEnd },
  { key: 'Alt-ArrowUp', run: moveLineUp },
  { key: 'Alt-ArrowDown', run: moveLineDown },
  { key: 'Shift-Mod-k', run: deleteLine },
];

/** @param {EditorView} view @param {number} line @param {number} column */
function goTo(view, line, column) {
  const { doc } = view.state;
  const at = doc.line(Math.min(line, doc.lines));
  const anchor = at.from + [...at.text].slice(0, column - 1).join('').length;
  view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
  view.focus();
}

// What is wrong, in the gutter and below the words.

/** @type {import('@codemirror/state').StateEffectType<readonly LineComplaint[]>} */
const complain = StateEffect.define();

/** A sign in the gutter; what it means is in the list below the editor too. */
class Sign extends GutterMarker {
  /** @param {string} kind @param {string} why */
  constructor(kind, why) {
    super();
    this.kind = kind;
    this.why = why;
  }

  /** @override @param {Sign} other */
  eq(other) {
    return other.kind === this.kind && other.why === this.why;
  }

  /** @override */
  toDOM() {
    return element('span', { class: `sign ${this.kind}`, title: this.why }, this.kind === 'advice' ? '○' : '●');
  }
}

/** Complaints move with their lines until the text was looked at again. */
const signs = StateField.define({
  create: ({ doc }) => marksOf(doc, []),
  update: (now, { changes, effects, state }) => {
    for (const effect of effects) if (effect.is(complain)) return marksOf(state.doc, effect.value);
    return changes.empty ? now : { signs: now.signs.map(changes), words: now.words.map(changes) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ words }) => words),
});

const complaints = [
  signs,
  gutter({ class: 'signs', markers: (view) => view.state.field(signs).signs, initialSpacer: () => new Sign('', '') }),
];

/** @param {Text} doc @param {readonly LineComplaint[]} found */
function marksOf(doc, found) {
  const inGutter = /** @type {RangeSetBuilder<Sign>} */ (new RangeSetBuilder());
  const inText = /** @type {RangeSetBuilder<Decoration>} */ (new RangeSetBuilder());
  /** @type {Map<number, LineComplaint[]>} */
  const byLine = Map.groupBy(
    found.filter(({ line }) => line <= doc.lines),
    ({ line }) => line,
  );
  for (const number of [...byLine.keys()].sort((one, other) => one - other)) {
    const [first, ...others] = byLine.get(number) ?? [];
    if (!first) continue;
    const line = doc.line(number);
    const why = [first, ...others].map((one) => one.why).join('\n');
    inGutter.add(line.from, line.from, new Sign(first.kind, why));
    const from = line.from + [...line.text].slice(0, first.column - 1).join('').length;
    if (from < line.to) inText.add(from, line.to, Decoration.mark({ class: `wrong ${first.kind}` }));
  }
  return { signs: inGutter.finish(), words: inText.finish() };
}

// Colours: of what is in sight.

const MARKS = Object.fromEntries(
  ['comment', 'allows', 'options', 'dead'].map((kind) => [kind, Decoration.mark({ class: kind })]),
);

/** @param {EditorView} view @returns {DecorationSet} */
function colours({ state, visibleRanges }) {
  const found = /** @type {RangeSetBuilder<Decoration>} */ (new RangeSetBuilder());
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = state.doc.lineAt(at);
      for (const { kind, start, end } of partsOf(line.text))
        found.add(line.from + start, line.from + end, /** @type {Decoration} */ (MARKS[kind]));
      at = line.to + 1;
    }
  }
  return found.finish();
}

const coloured = ViewPlugin.fromClass(
  class {
    /** @param {EditorView} view */
    constructor(view) {
      this.decorations = colours(view);
    }

    /** @param {ViewUpdate} update */
    update({ docChanged, viewportChanged, view }) {
      if (docChanged || viewportChanged) this.decorations = colours(view);
    }
  },
  { decorations: ({ decorations }) => decorations },
);

// Search.

/** @param {EditorView} view @returns {Panel} */
function searchPanel(view) {
  const dom = element('div', { class: 'search', role: 'search' });
  const field = element('input', {
    type: 'search',
    'main-field': 'true', // the library puts the focus there
    'aria-label': text('ownFind'),
    placeholder: text('ownFind'),
    spellcheck: 'false',
    dir: 'ltr', // as lines are written in every language
  });
  const button = (/** @type {string} */ key, /** @type {(view: EditorView) => boolean} */ run) => {
    const made = element('button', { type: 'button' }, text(key));
    made.addEventListener('click', () => run(view));
    return made;
  };
  const look = () =>
    view.dispatch({ effects: setSearchQuery.of(new SearchQuery({ search: field.value, literal: true })) });
  field.addEventListener('input', look);
  dom.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeSearchPanel(view);
    else if (event.key === 'Enter' && event.target === field) (event.shiftKey ? findPrevious : findNext)(view);
    else if (event.key === 'f' && (event.ctrlKey || event.metaKey)) field.select();
    else return;
    event.preventDefault();
  });
  dom.append(
    field,
    button('findNext', findNext),
    button('findPrevious', findPrevious),
    button('closeSearch', closeSearchPanel),
  );
  return { dom, top: true, mount: () => field.select() };
}

/** The page's own colours come into the root by inheritance. */
const LOOK = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', background: 'var(--page)', color: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--go)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, monospace', lineHeight: '20px', direction: 'ltr' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { background: 'var(--panel)', color: 'var(--soft)', border: '0' },
  '.cm-activeLine': { backgroundColor: 'var(--panel)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--edge) !important' },
  '.signs': { width: '18px', textAlign: 'center' },
  '.sign': { color: 'var(--warn)', cursor: 'default' },
  '.sign.advice': { color: 'var(--soft)' },
  '.wrong': { textDecoration: 'underline wavy var(--warn) 1px', textUnderlineOffset: '3px' },
  '.wrong.advice': { textDecorationColor: 'var(--soft)' },
  '.comment, .dead': { color: 'var(--soft)' },
  '.allows': { color: 'var(--go)', fontWeight: '600' },
  '.options': { color: 'var(--lock)' },
  '.cm-panels': { background: 'var(--panel)', color: 'inherit', borderBottom: '1px solid var(--line)' },
  '.search': { display: 'flex', flexWrap: 'wrap', gap: '6px', padding: '6px', font: '13px system-ui, sans-serif' },
  '.search input': {
    flex: '1 1 160px',
    minWidth: '0',
    padding: '5px 8px',
    border: '1px solid var(--edge)',
    borderRadius: '6px',
    background: 'var(--page)',
    color: 'inherit',
    font: 'inherit',
  },
  '.search button': {
    minHeight: '30px',
    padding: '4px 10px',
    border: '1px solid var(--edge)',
    borderRadius: '6px',
    background: 'var(--page)',
    color: 'inherit',
    font: 'inherit',
    cursor: 'pointer',
  },
  '.search :focus-visible': { outline: '2px solid var(--go)', outlineOffset: '1px' },
  '.cm-searchMatch': { background: 'var(--warn-panel)', outline: '1px solid var(--edge)' },
  '.cm-searchMatch-selected': { background: 'var(--go-panel)', outline: '1px solid var(--go)' },
});
