/**
 * The background, as a table of contents. Browsers wake it for an event that was listened to before, so every listener
 * is registered here and now: nothing in this file waits.
 */

import * as gpc from './background/gpc.js';
import * as badge from './background/icon/badge.js';
import * as toolbar from './background/icon/toolbar.js';
import * as addresses from './background/links/addresses.js';
import * as copyScripts from './background/links/copy-scripts.js';
import * as copying from './background/links/copying.js';
import * as menus from './background/links/menus.js';
import * as omnibox from './background/links/omnibox.js';
import * as shortLinks from './background/links/short-links.js';
import * as lists from './background/lists/lists.js';
import * as breaker from './background/requests/breaker.js';
import * as counts from './background/requests/counts.js';
import * as learned from './background/requests/learned.js';
import * as openBefore from './background/requests/open-before.js';
import * as passed from './background/requests/passed.js';
import * as recent from './background/requests/recent.js';
import * as requests from './background/requests/requests.js';
import * as visits from './background/requests/visits.js';
import { passUnwrapping } from './background/rules/passes.js';
import * as pauseAlarm from './background/rules/pause-alarm.js';
import * as rules from './background/rules/rules.js';
import * as account from './background/tiktok/account.js';
import { embedWords } from './background/tiktok/embed-words.js';
import * as embeds from './background/tiktok/embeds.js';
import * as forget from './background/tiktok/forget.js';
import * as guard from './background/tiktok/guard.js';
import * as here from './background/tiktok/here.js';
import * as identifiers from './background/tiktok/identifiers.js';
import * as lockout from './background/tiktok/lockout.js';
import * as markup from './background/tiktok/markup.js';
import * as pixel from './background/tiktok/pixel.js';
import * as upkeep from './background/upkeep.js';
import * as welcome from './background/welcome.js';
import * as circumstances from './engine/circumstances.js';
import { cleanCopied } from './engine/links.js';
import { serve } from './shared/messages.js';

// Requests: decided or explained, counted, shown.
here.watch(); // first: it keeps storage from pages
circumstances.watch();
requests.watch();
learned.watch();
passed.watch();
recent.watch();
visits.watch();
openBefore.watch();
badge.watch();
rules.watch();
pauseAlarm.watch();
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
copyScripts.watch();
shortLinks.watch();

// People without an account: who they are, what is kept from TikTok, what is deleted.
account.watch();
guard.watch();
embeds.watch();
forget.watch();
identifiers.watch();
lockout.watch();
markup.watch();
pixel.watch();

// What sites are told.
gpc.watch();

// Told once: after installing, after an update.
welcome.watch();

/** @satisfies {import('./shared/messages.js').Handlers} */
const handlers = {
  cleanCopied,
  embedWords,
  expand: shortLinks.expand,
  followSettings: lockout.followSettings,
  liftLockout: lockout.liftLockout,
  lockAgain: lockout.lockAgain,
  originalAddress: counts.originalAddress,
  passUnwrapping,
  pixelReports: learned.pixelReports,
  playEmbed: embeds.playEmbed,
  refusedByPolicy: requests.refusedByPolicy,
  settingsHere: here.settingsHere,
  storedIdentifiers: identifiers.storedIdentifiers,
  updateList: lists.updateList,
  vouch: lists.vouch,
};
serve(handlers);
