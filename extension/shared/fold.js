/**
 * Parts of a page that fold.
 *
 * @import { DetailsHTMLAttributes, VNode } from 'preact'
 */

import { Component, h } from 'preact';

/**
 * A part that is open or folded at first; after that it is as the reader leaves it, whatever is drawn. Its other
 * properties are those of the `details` that it is.
 *
 * @extends {Component<{ isOpen?: boolean } & DetailsHTMLAttributes>}
 */
export class Fold extends Component {
  #atFirst = this.props.isOpen === true;

  /** @returns {VNode} */
  render() {
    const { isOpen: _, ...others } = this.props;
    return h('details', { ...others, open: this.#atFirst });
  }
}
