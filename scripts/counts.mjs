// Reads how many tests passed from what the test runners print.

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * What each runner prints: one expression per spelling, the number in its first group. A spelling may occur many times.
 */
const SPELLINGS = {
  // cargo test: "test result: ok. 12 passed; 0 failed; 1 ignored; …"; cargo xtask check: "5 passed, 0 failed, 0
  // skipped". node --test: "ℹ pass 12" for people, "# pass 12" in TAP.
  passed: [/^test result: .*?(\d+) passed;/gm, /^(\d+) passed, /gm, /^[ℹ#] pass (\d+)$/gm],
  failed: [
    /^test result: .*? (\d+) failed;/gm,
    /^\d+ passed, (\d+) failed/gm,
    /^[ℹ#] fail (\d+)$/gm,
    /^[ℹ#] cancelled (\d+)$/gm,
  ],
  skipped: [
    /^test result: .*? (\d+) ignored;/gm,
    /^\d+ passed, \d+ failed, (\d+) skipped/gm,
    /^[ℹ#] skipped (\d+)$/gm,
    /^[ℹ#] todo (\d+)$/gm,
  ],
};

/** A Rust test that lacks its data cannot say so to cargo: it prints a line that begins with this word, and returns. */
const SKIPPED_ITSELF = /^skipped: /gm;

/**
 * Adds up what a runner printed.
 *
 * @param {string} output everything it wrote
 * @returns {Counts} the sums; all zero when nothing in the output counts tests
 */
export function readCounts(output) {
  const itself = output.match(SKIPPED_ITSELF)?.length ?? 0;
  return {
    passed: sum(output, SPELLINGS.passed) - itself,
    failed: sum(output, SPELLINGS.failed),
    skipped: sum(output, SPELLINGS.skipped) + itself,
  };
}

/**
 * @param {string} output
 * @param {RegExp[]} spellings
 * @returns {number}
 */
function sum(output, spellings) {
  const matches = spellings.flatMap((spelling) => [...output.matchAll(spelling)]);
  return matches.reduce((total, match) => total + Number(match[1]), 0);
}
