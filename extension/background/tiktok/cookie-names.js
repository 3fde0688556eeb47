/**
 * What the names of TikTok's cookies say: who is signed in, and what may be deleted of a visitor's. The one place that
 * knows them.
 *
 * TikTok has accounts for people and, each with a session of its own beside that one, for its other products: the names
 * stay the same and a suffix follows (`sessionid_ads`, `sid_tt_tiktokseller`). Products come and go, so the stem
 * decides and any suffix will do.
 */

/** What a product's session is made of. Not `_ss`: that is a person's own session, in its second form. */
const PRODUCT_SESSION =
  /^(sessionid|sid_tt|uid_tt|sid_guard|s?sid_ucp(_sso)?_v1|tt_session_tlb_tag)(_ss)?_(?!ss$)[\w-]+$/i;

/** Those of sellers that are named in a way of their own. */
const SELLER_SESSION = /^UNIFIED_SELLER_TOKEN$|_(tiktokseller|unified_seller_env)$/i;

/** Nothing else proves that a person is signed in: visitors and people who signed out carry most of the others. */
const PERSON_SESSION = /^sessionid(_ss)?$/;

/** Set by or for an account, whichever product's; also by a former one, whose device they vouch for. */
const ACCOUNT =
  /^(sessionid|sid_tt|uid_tt|sid_guard|s?sid_ucp(_sso)?_v1|sso_uid_tt|(toutiao_)?sso_user|tt_session_tlb_tag|tt_ticket_guard|d_ticket|n_mh|multi_sids|cmpl_token|passport_auth_status|last_login_method|living_user_id|store-idc|store-country(-code|-sign)?|tt-target-idc)([_-].*)?$/i;

/** What a page needs to work and what a person chose; neither is the same for two visits, or says who somebody is. */
const KEPT =
  /^(tt_csrf_token|passport_csrf_token(_default)?|passport_fe_beating_status|csrf_session_id|tiktok_webapp_theme.*|delay_guest_mode_vid|perf_feed_cache|cookie-consent)$/;

/**
 * A visitor's, though their names look like an account's: TikTok's marks of a browser, and those of other companies'
 * counters.
 */
const VISITOR = /^(msToken|tt_chain_token|tt_anti_token|AMP_.*|_hj.*|_ga.*)$/;

/**
 * How names of sessions, tickets and logins look. Deleting one costs somebody an account; keeping one tells of a
 * browser at most.
 */
const LIKE_ACCOUNT =
  /session|sess_?id|ticket|log_?-?in|sign_?-?in|passport|token|jwt|(^|[_-])(s?sid|uid|sso|o?auth|account|seller|advertiser)([_-]|$)/i;

/**
 * Whose session a cookie is.
 *
 * @param {{ name: string, value: string }} cookie
 * @returns {'person' | 'product' | undefined} nothing for any other cookie, and for a session that has ended
 */
export function sessionOf({ name, value }) {
  if (value === '') return undefined;
  if (PERSON_SESSION.test(name)) return 'person';
  return PRODUCT_SESSION.test(name) || SELLER_SESSION.test(name) ? 'product' : undefined;
}

/**
 * What becomes of a visitor's cookie. Unknown names are treated as identifiers, unless they look like an account's.
 *
 * @param {string} name
 * @returns {'account' | 'kept' | 'forgotten'}
 */
export function fateOf(name) {
  if (KEPT.test(name)) return 'kept';
  if (ACCOUNT.test(name) || SELLER_SESSION.test(name)) return 'account';
  return LIKE_ACCOUNT.test(name) && !VISITOR.test(name) ? 'account' : 'forgotten';
}
