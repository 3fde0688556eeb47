/** The engine on the command line, for tests that want the browser's to agree with it. */

/**
 * What cargo is told before the words of `detick` itself. With the features that the Rust tests have: with others it
 * would build all of it once more.
 */
export const RUN_DETICK = ['run', '--quiet', '--package', 'detick', '--bin', 'detick', '--features', 'reference', '--'];
