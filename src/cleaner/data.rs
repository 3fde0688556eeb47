//! What the lists say about links, as it lies in the image: rules, what they refer to, and by what they are found.

use super::codec::{code, record};
use super::index::Index;
use super::shape::Place;
use crate::case::Case;

/// No entry.
pub(super) const NONE: u32 = u32::MAX;
/// The scope of rules that are in force on every host.
pub(super) const ANYWHERE: u32 = u32::MAX;
/// Marks an entry of a host set that is the number of a regex, not of a scope.
pub(super) const REGEX: u32 = 1 << 31;

record! {
    /// A piece of [`Data::pool`].
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    struct Span {
        start: u32,
        len: u32,
    }
}

record! {
    /// Some neighbours in a table.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    struct Run {
        start: u32,
        len: u32,
    }
}

record! {
    /// One filter in one scope.
    #[derive(Clone, Copy, Debug)]
    struct Rule {
        /// The host it is for: a number of [`Data::scopes`], or [`ANYWHERE`].
        scope: u32,
        /// What it does: a number of [`Data::tests`], [`Data::skips`] or [`Data::transforms`]; [`NONE`] means all.
        what: u32,
        /// A number of [`Data::conditions`], or [`NONE`].
        condition: u32,
        line: u32,
        /// A number of [`Data::reasons`], or [`NONE`].
        why: u32,
        /// A number of [`Data::lists`].
        list: u16,
        flags: u8,
        /// See [`Kind`]; for rules found by a parameter's name it is [`Kind::Strip`] or [`Kind::Keep`].
        kind: Kind,
    }
}

/// Beats exceptions that are not important themselves.
pub(super) const IMPORTANT: u8 = 1;
/// An exception that also holds for what a redirector leads to.
pub(super) const TARGET: u8 = 2;

code! {
    /// What rules that are found by their host do.
    enum Kind {
        /// Take parameters out.
        Strip,
        /// Keep parameters in.
        Keep,
        /// Unwrap.
        Skip,
        /// Do not unwrap.
        KeepWrapped,
        /// Rewrite what follows the host.
        Transform,
        /// Do not rewrite.
        KeepPath,
    }
}

impl Kind {
    pub(super) const ALL: [Kind; KINDS] = [
        Kind::Strip,
        Kind::Keep,
        Kind::Skip,
        Kind::KeepWrapped,
        Kind::Transform,
        Kind::KeepPath,
    ];

    /// Whether it is an exception.
    pub(super) fn keeps(self) -> bool {
        matches!(self, Kind::Keep | Kind::KeepWrapped | Kind::KeepPath)
    }
}

/// How many [`Kind`]s there are.
pub(super) const KINDS: usize = 6;

record! {
    /// A parameter test that is no plain name.
    #[derive(Clone, Copy, Debug)]
    struct Test {
        /// Whether it means the parameters that it does not find.
        negated: u8,
        subject: Subject,
        /// The name, for [`Subject::Name`].
        name: Span,
        /// A number of [`Data::regexes`], for [`Subject::Regex`].
        regex: u32,
        case: Case,
        /// [`super::shape::Shape`] of the regex; `literals` are in [`Data::literals`].
        place: Place,
        literals: Run,
        complete: u8,
    }
}

code! {
    /// What a [`Test`] looks at.
    enum Subject {
        /// Nothing: it finds every parameter.
        All,
        /// The name.
        Name,
        /// `name=value`.
        Regex,
    }
}

record! {
    /// Where a rule is in force, beyond its scope.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    struct Condition {
        pattern: PatternKind,
        /// The pattern's text behind its anchor.
        text: Span,
        ends: u8,
        case: Case,
        /// A number of [`Data::regexes`], for [`PatternKind::Regex`].
        regex: u32,
        /// Host sets in [`Data::sites`]; all of them must hold.
        sites: Run,
        /// Parameters that the address must have: `a&b|c`, or nothing.
        with: Span,
    }
}

code! {
    /// Where a condition's pattern begins.
    enum PatternKind {
        /// There is none.
        Any,
        /// Anywhere in the address.
        Anywhere,
        /// At its start.
        Start,
        /// At the start of a label of the host.
        Label,
        /// Behind the host that is the rule's scope.
        AfterHost,
        /// A regex on the whole address.
        Regex,
    }
}

record! {
    /// `a.example|~b.a.example`: runs of [`Data::ids`], each sorted.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    struct Sites {
        include: Run,
        exclude: Run,
    }
}

record! {
    /// One step of unwrapping.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    struct Step {
        kind: StepKind,
        /// The name of the parameter or member, for [`StepKind::Param`] and [`StepKind::Json`].
        name: Span,
        /// The parameter's place, or the number of the regex.
        number: u32,
    }
}

code! {
    /// See [`crate::filter::SkipStep`].
    enum StepKind {
        Param,
        ParamAt,
        Fragment,
        Regex,
        Https,
        Origin,
        Address,
        Json,
        Base64,
        UriComponent,
    }
}

record! {
    /// A replacement in what follows the host.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    struct Transform {
        regex: u32,
        to: Span,
        every: u8,
    }
}

record! {
    /// A regex that is compiled when it is first asked.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    struct RegexText {
        source: Span,
        case: Case,
    }
}

record! {
    /// A list that rules come from.
    #[derive(Clone, Copy, Debug)]
    struct ListName {
        name: Span,
        /// [`Tiers`], one of them.
        tier: u8,
    }
}

record! {
    /// A parameter's name and the rules for it in [`Data::named`], sorted by scope.
    #[derive(Clone, Copy, Debug)]
    struct Name {
        text: Span,
        rules: Run,
    }
}

record! {
    /// Four bytes that must be in the address for a rule to be in force, as [`super::grams::gram`] writes them; or two
    /// that a parameter begins with.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    struct Gram {
        bytes: u32,
        /// A number of [`Data::scoped`].
        rule: u32,
    }
}

record! {
    /// What the image holds.
    #[derive(Clone, Debug, Default)]
    struct Data {
        pool: String,
        lists: Vec<ListName>,
        reasons: Vec<Span>,
        scope_index: Index,
        scopes: Vec<Span>,
        name_index: Index,
        names: Vec<Name>,
        named: Vec<Rule>,
        /// Sorted by scope, then kind; those of [`ANYWHERE`] last.
        scoped: Vec<Rule>,
        /// Where the rules of each scope begin in [`Data::scoped`], and where those of [`ANYWHERE`] do.
        scope_starts: Vec<u32>,
        /// For each kind, the rules of [`ANYWHERE`] that must be asked for every link, in [`Data::ids`].
        loose: Vec<Run>,
        /// Rules of [`ANYWHERE`] that act, by a piece of text that they need.
        grams: Vec<Gram>,
        /// Exceptions of [`ANYWHERE`] by a piece of text that they need: asked only when there is something to except.
        keep_grams: Vec<Gram>,
        /// Rules of [`ANYWHERE`] for parameters that begin with two bytes.
        heads: Vec<Gram>,
        tests: Vec<Test>,
        literals: Vec<Span>,
        conditions: Vec<Condition>,
        sites: Vec<Sites>,
        ids: Vec<u32>,
        skips: Vec<Run>,
        steps: Vec<Step>,
        transforms: Vec<Transform>,
        regexes: Vec<RegexText>,
        /// Whether any scope is an entity (`google.*`) or a label (`google.`): 1 or 0.
        has_entities: u8,
        has_labels: u8,
    }
}
