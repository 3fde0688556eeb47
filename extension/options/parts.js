/**
 * Controls that sections of the settings page share. What an organisation has set is locked, and says so.
 *
 * @import { Settings } from '../types.js'
 * @import { View } from './frame.js'
 */

import { h } from 'preact';
import { text } from '../shared/text.js';

/** @typedef {{ [Key in keyof Settings]: Settings[Key] extends boolean ? Key : never }[keyof Settings]} Switch */

/**
 * A setting that is on or off. Its words are the messages `set_NAME` and `set_NAME_more`.
 *
 * @param {View} view
 * @param {Switch} name
 */
export function switchPart(view, name) {
  const isLocked = view.locked.includes(name);
  const box = h('input', {
    type: 'checkbox',
    id: name,
    checked: view.settings[name],
    disabled: isLocked,
    'aria-describedby': `${name}-more`,
    onChange: () => view.change((now) => ({ ...now, [name]: !now[name] })),
  });
  return h(
    'div',
    { class: 'switch' },
    h('label', {}, box, text(`set_${name}`)),
    h('p', { class: 'soft', id: `${name}-more` }, text(`set_${name}_more`), isLocked && ` ${text('levelIsManaged')}`),
  );
}

/**
 * A setting that holds one of a few words.
 *
 * @template {'level' | 'forget' | 'embeds'} Name
 * @param {View} view
 * @param {Name} name
 * @param {string} title the key of the message that says what is chosen
 * @param {Readonly<Record<Settings[Name], string>>} choices each value, and the key of its message
 */
export function choicePart(view, name, title, choices) {
  const isLocked = view.locked.includes(name);
  const buttons = Object.entries(choices).map(([value, words]) => {
    const button = h('input', {
      type: 'radio',
      id: `${name}-${value}`,
      name,
      value,
      checked: value === view.settings[name],
      disabled: isLocked,
      onChange: () => view.change((now) => ({ ...now, [name]: value })),
    });
    return h('p', { key: value, class: 'choice' }, h('label', {}, button, text(/** @type {string} */ (words))));
  });
  return h(
    'fieldset',
    { class: 'choices' },
    h('legend', { class: 'hidden-text' }, text(title)),
    buttons,
    isLocked && h('p', { class: 'soft' }, text('levelIsManaged')),
  );
}

/**
 * @typedef {object} Entry
 * @property {string} key what tells it from the others of all lists
 * @property {string} what
 * @property {string} [more]
 * @property {() => unknown} undo takes it out
 */

/**
 * A list whose entries can be taken out.
 *
 * @param {Entry[]} entries
 * @param {string} none the key of the message for an empty list
 * @param {boolean} [isLocked] an organisation has set it
 */
export function entryList(entries, none, isLocked = false) {
  const listed =
    entries.length === 0
      ? h('p', {}, text(none))
      : h(
          'ul',
          { class: 'entries' },
          entries.map((entry) => entryPart(entry, isLocked)),
        );
  return h('div', {}, listed, isLocked && h('p', { class: 'soft' }, text('levelIsManaged')));
}

/** @param {Entry} entry @param {boolean} isLocked */
function entryPart({ key, what, more = '', undo }, isLocked) {
  const button = h(
    'button',
    { id: `undo ${key}`, class: 'plain', 'aria-label': text('takeOutNamed', what), onClick: undo },
    text('takeOut'),
  );
  return h('li', { key }, h('span', { class: 'what' }, what), h('span', { class: 'soft' }, more), !isLocked && button);
}

/**
 * A field for one more entry of a list, and its button.
 *
 * @param {string} id
 * @param {string} label the key of the message that names the field
 * @param {string} example shown in it while it is empty
 * @param {(typed: string) => boolean} add whether what was typed is in the list now
 */
export function addForm(id, label, example, add) {
  const field = h('input', { type: 'text', id, placeholder: example, 'aria-label': text(label), spellcheck: false });
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const typed = /** @type {HTMLInputElement} */ (document.getElementById(id));
    if (add(typed.value)) typed.value = '';
  };
  return h('form', { class: 'add', onSubmit: submit }, field, h('button', {}, text('add')));
}
