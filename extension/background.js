/**
 * The background, as a table of contents. Browsers wake it for an event that was listened to before, so every listener
 * is registered here and now: nothing in this file waits.
 */

import * as counts from './background/counts.js';
import * as requests from './background/requests.js';
import * as rules from './background/rules.js';

requests.watch();
counts.watch();
rules.watch();
