// What is measured of an engine that cleans links.

import { readFileSync } from 'node:fs';
import { median } from 'simple-statistics';
import { readText } from '../lib/inputs.js';
import { loopsFor, percentiles, perInput, repeat, shuffled, timed } from '../lib/measure.js';
import { scoreOf } from './score.js';

/** @import { CleaningEngine, CleaningFigures, CleaningPlan, LabelledLink } from '../types.js' */

/**
 * @param {CleaningEngine} engine
 * @param {CleaningPlan} plan
 * @returns {Promise<Omit<CleaningFigures, 'name'>>}
 */
export async function cleaned(engine, { list, clearUrls, links, passes, loops }) {
  const rules = { list: readText(list), clearUrls: readText(clearUrls) };
  /** @type {{ own: LabelledLink[], adGuard: LabelledLink[], clearUrls: LabelledLink[], real: string[] }} */
  const sets = JSON.parse(readFileSync(links, 'utf8'));
  const load = await timed(() => engine.load(rules));
  const { clean, aside = 0 } = load.value;
  const labelled = [...sets.own, ...sets.adGuard, ...sets.clearUrls].map(({ link }) => link);
  const all = shuffled([...labelled, ...sets.real]);
  const ask = (/** @type {string} */ link) => lengthOf(clean, link);
  const firstPass = await perInput(all, 1, ask);
  const enough = loopsFor(firstPass * all.length, loops);
  const times = await repeat(passes, () => perInput(all, enough, ask));
  const realTimes = await repeat(passes, () => perInput(sets.real, enough, ask));
  return {
    load: load.milliseconds - aside,
    firstPass,
    all: median(times),
    real: median(realTimes),
    ...percentiles(all, ask),
    own: scoreOf(sets.own, clean),
    adGuard: scoreOf(sets.adGuard, clean),
    clearUrls: scoreOf(sets.clearUrls, clean),
  };
}

/** @param {(link: string) => string} clean @param {string} link @returns {number} */
function lengthOf(clean, link) {
  try {
    return clean(link).length;
  } catch {
    return 0; // some engines throw at some links, which is counted apart
  }
}
