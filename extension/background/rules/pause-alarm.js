/**
 * Pauses end by themselves: an alarm removes expired ones from the settings, and the modules that follow the settings
 * react.
 *
 * @import { Settings } from '../../types.js'
 */

import { api } from '../../shared/browser.js';
import * as settings from '../../stored/settings.js';

const ALARM = 'pause';

/** Starts listening. To be called synchronously when the background starts. */
export function watch() {
  settings.onChange(setAlarm);
  endPauses(); // one may have run out while the browser was closed, or before its alarm was set
  api.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === ALARM) endPauses();
  });
}

async function endPauses() {
  const now = Date.now();
  const chosen = await settings.load();
  const lasting = settings.pausesAt(chosen, now);
  if (lasting.length === chosen.paused.length) return setAlarm(chosen);
  await settings.update((current) => ({ ...current, paused: settings.pausesAt(current, now) }));
}

/** @param {Settings} chosen */
async function setAlarm(chosen) {
  const ends = chosen.paused.flatMap((pause) => (pause.until > 0 ? [pause.until] : []));
  if (ends.length === 0) await api.alarms.clear(ALARM);
  else await api.alarms.create(ALARM, { when: Math.min(...ends) });
}
