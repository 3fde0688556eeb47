/** What the popup needs the engine for: it comes when the first look is on the screen. */

export { cleanLink, cleanText } from '../engine/links.js';
export { saveReport } from '../engine/saved-report.js';
