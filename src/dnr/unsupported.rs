use thiserror::Error;

/// Why a filter cannot be said in rules: one variant per thing that rules lack.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unsupported {
    /// `$popup` alone.
    #[error("no rule can tell that a page opens a pop-up")]
    Popup,
    /// `$strict1p`, `$strict3p`.
    #[error("rules compare sites, not exact hosts ($strict1p, $strict3p)")]
    StrictParty,
    /// `$domain=/regex/` and the like.
    #[error("rules take no regex for a domain: `/{0}/`")]
    DomainRegex(String),
    /// `$badfilter` for a line that ships with the extension.
    #[error("a line that ships stays in force: write an exception (`@@`) instead of $badfilter")]
    Shipped,
    /// `$domain=name.*`
    #[error("rules name `{0}` under the suffixes that are used most, not under every one")]
    EveryCountry(String),
    /// `~` domains nested in a way that rules, where an exclusion always wins, cannot follow.
    #[error("`{0}` is excluded and `{1}` inside it is not: in rules an exclusion always wins")]
    NestedDomains(String, String),
    /// A look-around, a back-reference, …
    #[error("the browsers' regex engine (RE2) has no {0}")]
    Regex(&'static str),
    /// More than the browsers' memory limit for one regex.
    #[error("the regex is larger than browsers accept (2 KB compiled)")]
    RegexTooLarge,
    /// No address can ever match.
    #[error("no address can match this pattern")]
    NeverMatches,
    /// `$header=` where the browser has no such condition.
    #[error("only Chromium's rules can look at response headers ($header=)")]
    ResponseHeader,
    /// `$header=name:/regex/` or `~value`.
    #[error("rules compare a header with a plain value only")]
    HeaderValue,
    /// A surrogate that the extension does not ship.
    #[error("there is no surrogate named `{0}`: what it would answer is only blocked")]
    UnknownSurrogate(String),
    /// A surrogate for kinds of request whose answer tells the page where it came from.
    #[error("the page could read where the surrogate comes from: what it would answer is only blocked")]
    ReadableAnswer,
    /// `$redirect-rule=` for requests that no line of these lists surely blocks.
    #[error("$redirect-rule= needs a line without conditions that blocks the host")]
    NothingToAnswer,
    /// `@@…$redirect=`
    #[error("rules cannot take back a surrogate and keep the block")]
    SurrogateException,
    /// `$removeparam=/regex/`
    #[error("rules take parameter names, no regex")]
    ParamRegex,
    /// `$removeparam=~name`
    #[error("rules cannot keep one parameter and drop all others")]
    ParamNegated,
    /// `$removeparam=a:b`
    #[error("browsers encode `{0}` before they look for it: it goes only where the address has it encoded")]
    ParamName(String),
    /// `$removeparam=` with a pattern that is a regex or ends with `|`.
    #[error("rules cannot look for this pattern and a parameter at once")]
    ParamPattern,
    /// `$uritransform=`
    #[error("rules cannot rewrite a path by regex")]
    Transform,
    /// `-blocked`
    #[error("rules cannot ask whether another rule blocks ($urlskip=… -blocked)")]
    SkipIfBlocked,
    /// An exception from `$csp=`, `$permissions=`, `$removeheader=`, `$urlskip=` for more than whole hosts.
    #[error("an exception of this kind can name whole hosts only")]
    PathException,
}

impl Unsupported {
    /// A short name that does not change, for programs: a page in another language has a sentence of its own for it.
    pub fn code(&self) -> &'static str {
        match self {
            Unsupported::Popup => "beyond-popup",
            Unsupported::StrictParty => "beyond-strict-party",
            Unsupported::DomainRegex(_) => "beyond-domain-regex",
            Unsupported::Shipped => "beyond-shipped",
            Unsupported::EveryCountry(_) => "beyond-every-country",
            Unsupported::NestedDomains(..) => "beyond-nested-domains",
            Unsupported::Regex(_) => "beyond-regex",
            Unsupported::RegexTooLarge => "beyond-regex-size",
            Unsupported::NeverMatches => "never-matches",
            Unsupported::ResponseHeader => "beyond-response-header",
            Unsupported::HeaderValue => "beyond-header-value",
            Unsupported::UnknownSurrogate(_) => "beyond-unknown-surrogate",
            Unsupported::ReadableAnswer => "beyond-readable-answer",
            Unsupported::NothingToAnswer => "beyond-nothing-to-answer",
            Unsupported::SurrogateException => "beyond-surrogate-exception",
            Unsupported::ParamRegex => "beyond-param-regex",
            Unsupported::ParamNegated => "beyond-param-negated",
            Unsupported::ParamName(_) => "beyond-param-name",
            Unsupported::ParamPattern => "beyond-param-pattern",
            Unsupported::Transform => "beyond-transform",
            Unsupported::SkipIfBlocked => "beyond-skip-if-blocked",
            Unsupported::PathException => "beyond-path-exception",
        }
    }

    /// What of the line the sentence names, in its order.
    pub fn named(&self) -> Vec<&str> {
        match self {
            Unsupported::DomainRegex(name)
            | Unsupported::EveryCountry(name)
            | Unsupported::UnknownSurrogate(name)
            | Unsupported::ParamName(name) => vec![name],
            Unsupported::NestedDomains(name, other) => vec![name, other],
            _ => Vec::new(),
        }
    }
}
