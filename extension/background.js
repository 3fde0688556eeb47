/**
 * The background, as a table of contents. Browsers wake it for an event that was listened to before, so every listener
 * is registered here and now: nothing in this file waits.
 */

import * as account from './background/account.js';
import * as addresses from './background/addresses.js';
import * as badge from './background/badge.js';
import * as breaker from './background/breaker.js';
import * as circumstances from './background/circumstances.js';
import * as copying from './background/copying.js';
import * as counts from './background/counts.js';
import { embedWords } from './background/embed-words.js';
import * as embeds from './background/embeds.js';
import * as forget from './background/forget.js';
import * as guard from './background/guard.js';
import * as here from './background/here.js';
import * as identifiers from './background/identifiers.js';
import * as learned from './background/learned.js';
import { cleanCopied } from './background/links.js';
import * as lists from './background/lists.js';
import * as lockout from './background/lockout.js';
import * as menus from './background/menus.js';
import * as omnibox from './background/omnibox.js';
import * as pages from './background/pages.js';
import * as pauses from './background/pauses.js';
import * as pixel from './background/pixel.js';
import * as requests from './background/requests.js';
import * as rules from './background/rules.js';
import * as shortlinks from './background/shortlinks.js';
import * as toolbar from './background/toolbar.js';
import * as upkeep from './background/upkeep.js';
import * as welcome from './background/welcome.js';
import { serve } from './shared/messages.js';

// Requests: decided or explained, counted, shown.
here.watch(); // first: it keeps storage from pages
circumstances.watch();
requests.watch();
learned.watch();
counts.watch();
badge.watch();
rules.watch();
pauses.watch();
toolbar.watch();
upkeep.watch();

// Filter lists besides Detick's own.
lists.watch();

// Links: wherever people meet them.
breaker.watch();
addresses.watch();
copying.watch();
menus.watch();
omnibox.watch();
pages.watch();
shortlinks.watch();

// People without an account: who they are, what is kept from TikTok, what is deleted.
account.watch();
guard.watch();
embeds.watch();
forget.watch();
identifiers.watch();
lockout.watch();
pixel.watch();

// Told once: after installing, after an update.
welcome.watch();

serve({
  cleanCopied,
  embedWords,
  expand: shortlinks.expand,
  followSettings: lockout.followSettings,
  liftLockout: lockout.liftLockout,
  originalAddress: counts.originalAddress,
  passUnwrapping: rules.passUnwrapping,
  pixelCalls: pixel.pixelCalls,
  playEmbed: embeds.playEmbed,
  settingsHere: here.settingsHere,
  storedIdentifiers: identifiers.storedIdentifiers,
  updateList: lists.updateList,
  vouch: lists.vouch,
});
