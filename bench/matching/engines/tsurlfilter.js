// AdGuard's engine. It stores prepared lists, but builds its indexes anew each time: nothing to restore.

import { Engine, Request, RequestType } from '@adguard/tsurlfilter';
import { versionOf } from '../../lib/versions.js';

/** @type {Record<string, number>} */
const TYPES = {
  main_frame: RequestType.Document,
  sub_frame: RequestType.SubDocument,
  script: RequestType.Script,
  stylesheet: RequestType.Stylesheet,
  image: RequestType.Image,
  font: RequestType.Font,
  object: RequestType.Object,
  xmlhttprequest: RequestType.XmlHttpRequest,
  ping: RequestType.Ping,
  beacon: RequestType.Ping,
  media: RequestType.Media,
  websocket: RequestType.WebSocket,
  csp_report: RequestType.CspReport,
};

/** @type {import('../../types.js').MatchingEngine} */
export default {
  name: `@adguard/tsurlfilter ${versionOf('@adguard/tsurlfilter')}, JS`,
  load(lists) {
    const filters = lists.map((content, number) => ({ id: number + 1, content, ignoreCosmetic: true }));
    const engine = Engine.createSync({ filters });
    return {
      decide(url, sourceUrl, type) {
        const request = new Request(url, sourceUrl, TYPES[type] ?? RequestType.Other);
        const result = engine.matchRequest(request);
        const rule = result.getBasicResult();
        // A line about nothing but pop-ups closes a tab that a page opened. It stops no page that a person opens, which
        // is asked about in the same words.
        if (rule === null || rule === result.getPopupRule()) return 0;
        return rule.isAllowlist() ? 2 : 1;
      },
    };
  },
};
