/** What the bench uses of other projects' packages, which are not installed where types are checked. */

declare module 'markdown-table' {
  export function markdownTable(rows: string[][], options: { align: string[] }): string;
}

declare module 'simple-statistics' {
  export function median(values: number[]): number;
  export function quantile(values: number[], share: number): number;
}

declare module '@gorhill/ubo-core' {
  interface Details {
    originURL: string;
    url: string;
    type: string;
  }
  export class StaticNetFilteringEngine {
    static create(): Promise<StaticNetFilteringEngine>;
    useLists(lists: { name: string; raw: string }[]): Promise<void>;
    matchRequest(details: Details): 0 | 1 | 2;
    hasQuery(details: Details): boolean;
    filterQuery(details: Details): { redirectURL?: string } | undefined;
    serialize(): Promise<string>;
    deserialize(saved: string): Promise<boolean>;
  }
  export function enableWASM(): Promise<boolean>;
}

declare module '@gorhill/ubo-core/js/static-dnr-filtering.js' {
  export function dnrRulesetFromRawLists(
    lists: { name: string; text: string }[],
    options: { env: string[] },
  ): Promise<{ network: { ruleset: { _error?: string[] }[] } }>;
}

declare module '@ghostery/adblocker' {
  export class FiltersEngine {
    static parse(text: string, options: { loadCosmeticFilters: boolean }): FiltersEngine;
    static deserialize(saved: Uint8Array): FiltersEngine;
    match(request: Request): { match: boolean; exception?: object };
    serialize(): Uint8Array;
  }
  export class Request {
    static fromRawDetails(details: { url: string; sourceUrl: string; type: string }): Request;
    url: string;
  }
}

declare module 'adblock-rs' {
  export class FilterSet {
    constructor(debug: boolean);
    addFilters(list: string, options: { rule_types: string }): void;
  }
  export class Engine {
    constructor(filters: FilterSet);
    check(url: string, sourceUrl: string, type: string): boolean;
    serialize(): ArrayBuffer;
    deserialize(saved: ArrayBufferLike): void;
  }
  export const RuleTypes: { NETWORK_ONLY: string };
}

declare module '@adguard/tsurlfilter' {
  interface Rule {
    isAllowlist(): boolean;
    getAdvancedModifier(): { removeParameters(url: string): string } | null;
  }
  interface Filters {
    filters: { id: number; content: string; ignoreCosmetic: boolean }[];
  }
  export class Engine {
    static createSync(options: Filters): Engine;
    matchRequest(request: Request): {
      getBasicResult(): Rule | null;
      getPopupRule(): Rule | null;
      getRemoveParamRules(): Rule[];
    };
  }
  export class Request {
    constructor(url: string, sourceUrl: string, type: number);
  }
  export const RequestType: Record<
    | 'Document'
    | 'SubDocument'
    | 'Script'
    | 'Stylesheet'
    | 'Object'
    | 'Image'
    | 'XmlHttpRequest'
    | 'Media'
    | 'Font'
    | 'WebSocket'
    | 'Ping'
    | 'CspReport'
    | 'Other',
    number
  >;
}

declare module 'adguard-converter' {
  export class FilterList {
    constructor(text: string);
  }
}

declare module 'adguard-converter/es/declarative-converter' {
  import type { FilterList } from 'adguard-converter';
  export class Filter {
    constructor(id: number, source: { getContent(): Promise<FilterList> }, trusted: boolean);
  }
  export class DeclarativeFilterConverter {
    convertStaticRuleSet(
      filter: Filter,
      options: { resourcesPath: string },
    ): Promise<{ ruleSet: { getDeclarativeRules(): Promise<object[]> }; errors: Error[] }>;
  }
}

declare module '@eyeo/webext-ad-filtering-solution/adblockpluscore/lib/dnr/index.js' {
  export function createConverter(options: {
    isRegexSupported: () => boolean;
  }): (line: string) => Promise<object[] | Error>;
}

declare module 'tidy-url' {
  export const TidyURL: { clean(link: string): { url: string } };
}
