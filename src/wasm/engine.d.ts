/** What becomes of a request, and the line that says so. */
export interface Verdict {
  action: 'block' | 'allow' | 'redirect';
  /** The line; empty where the image does not hold the list's text. */
  filter: string;
  list: string;
  line: number;
  /** The surrogate's name, for `redirect`: no request has one that this browser does not answer. */
  surrogate?: string;
  company?: string;
  purpose?: string;
}
/** Who is behind a host. */
export interface Tracker {
  company: string;
  purpose: string;
}
/** Where an address leads: `site` is the domain, or the host where there is none, and empty off the web. */
export interface Place {
  host: string;
  domain: string;
  site: string;
}
/** How far cleaning goes, and what stays. */
export interface CleanOptions {
  tier: 'navigation' | 'share';
  /** Whether parameters that pay a partner go too. */
  referral: boolean;
  /** Parameters that stay, on a host and below it. */
  keep: { host: string; name: string }[];
}
/** What was taken out, by which line (`links.txt:12`), and what it told about whom. */
export interface Removed {
  name: string;
  rule: string;
  why: string;
}
export interface Cleaned {
  url: string;
  removed: Removed[];
  /** Hosts of the redirectors that the link was taken out of. */
  unwrapped: string[];
}
/** A link in a text: `start` and `end` are UTF-16 offsets into the text that was given. */
export interface FoundLink extends Cleaned {
  start: number;
  end: number;
}
export interface CleanedText {
  text: string;
  links: FoundLink[];
}
/** One thing that a stopped report would have told. */
export interface Fact {
  kind:
    | 'event'
    | 'product'
    | 'category'
    | 'described'
    | 'price'
    | 'page_total'
    | 'order'
    | 'trip'
    | 'search'
    | 'chose'
    | 'answered'
    | 'pressed'
    | 'led_to'
    | 'title'
    | 'about'
    | 'keywords'
    | 'page'
    | 'referrer'
    | 'read_to'
    | 'clicks'
    | 'stayed_ms'
    | 'hashed'
    | 'plain'
    | 'click_id'
    | 'visitor_id'
    | 'device'
    | 'browser'
    | 'pixel';
  text: string;
  /** What an event was worth, with its currency where that is told. */
  amount?: string;
  currency?: string;
}
