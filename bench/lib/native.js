// Detick without a browser: a program of its own, built with `cargo build --release --example bench`.

import { join } from 'node:path';

const TARGET = process.env.CARGO_TARGET_DIR ?? join(import.meta.dirname, '../../target');

/** Prints the same figures as our own processes. */
export const NATIVE = join(TARGET, 'release/examples/bench');
