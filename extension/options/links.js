/**
 * What is taken out of links.
 *
 * @import { Section } from './frame.js'
 */

import { switchPart } from './parts.js';

/** @type {Section} */
export const links = {
  id: 'sectionLinks',
  title: 'sectionLinks',
  content: (view) => [
    switchPart(view, 'cleanOpened'),
    switchPart(view, 'cleanCopied'),
    switchPart(view, 'cleanMore'),
    switchPart(view, 'removeReferral'),
    switchPart(view, 'expandShortLinks'),
  ],
};
