/**
 * What the toolbar icon shows.
 *
 * @import { Section } from './frame.js'
 */

import { switchPart } from './parts.js';

/** @type {Section} */
export const toolbar = { id: 'sectionToolbar', content: (view) => [switchPart(view, 'badge')] };
