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
    h(
      'p',
      { class: 'soft', id: `${name}-more` },
      text(`set_${name}_more`),
      isLocked && ` ${text('setByOrganisation')}`,
    ),
  );
}

/**
 * A setting that holds one of a few words.
 *
 * @template {'forget' | 'embeds'} Name
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
    managedNote(isLocked),
  );
}

/** Says why a setting cannot be changed. @param {boolean} isLocked an organisation has set it */
export function managedNote(isLocked) {
  return isLocked && h('p', { class: 'soft' }, text('setByOrganisation'));
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
