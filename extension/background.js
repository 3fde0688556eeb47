/**
 * The background, as a table of contents. Browsers wake it for an event that was listened to before, so every listener
 * is registered here and now: nothing in this file waits.
 */

import * as addresses from './background/addresses.js';
import * as copying from './background/copying.js';
import * as counts from './background/counts.js';
import { cleanCopied } from './background/links.js';
import * as menus from './background/menus.js';
import * as omnibox from './background/omnibox.js';
import * as pages from './background/pages.js';
import * as pauses from './background/pauses.js';
import * as requests from './background/requests.js';
import * as rules from './background/rules.js';
import * as shortlinks from './background/shortlinks.js';
import * as toolbar from './background/toolbar.js';
import { serve } from './shared/messages.js';

// Requests: decided or explained, counted, shown.
requests.watch();
counts.watch();
rules.watch();
pauses.watch();
toolbar.watch();

// Links: wherever people meet them.
addresses.watch();
copying.watch();
menus.watch();
omnibox.watch();
pages.watch();
shortlinks.watch();

serve({ cleanCopied, expand: shortlinks.expand, passUnwrapping: rules.passUnwrapping });
