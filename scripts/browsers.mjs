// Where the browsers are on this machine.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @typedef {'chromium' | 'firefox'} BrowserName */

/** This machine lacks something; the message tells the person what to do. */
export class SetupError extends Error {}

/** Each browser's variable that names the program, its program names by preference, and where macOS keeps it. */
const PLACES = {
  chromium: {
    variable: 'DETICK_CHROMIUM',
    programs: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
    files: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
  },
  firefox: {
    variable: 'DETICK_FIREFOX',
    programs: ['firefox-esr', 'firefox'],
    files: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  },
};

/**
 * Finds a browser: the environment's choice first, then the PATH, then the usual places.
 *
 * @param {BrowserName} name which one
 * @returns {string | undefined} the path of its program, or undefined when it is not installed
 * @throws {SetupError} when DETICK_CHROMIUM or DETICK_FIREFOX names a file that cannot be run
 */
export function findBrowser(name) {
  const { variable, programs, files } = PLACES[name];
  const chosen = process.env[variable];
  if (chosen) {
    if (!isProgram(chosen))
      throw new SetupError(`${variable} names ${chosen}, which is not a program: correct or unset it.`);
    return chosen;
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const inPath = programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  return [...inPath, ...files].find(isProgram);
}

/**
 * @param {BrowserName} name which browser
 * @returns {string} the environment variable that names its program
 */
export function browserVariable(name) {
  return PLACES[name].variable;
}

/**
 * @param {string} path
 * @returns {boolean} whether it is a file that we may run
 */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // absent and not executable are the same answer here
  }
}
