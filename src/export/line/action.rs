//! What a filter does, as another blocker's option.

use super::refuse;
use crate::export::{Format, Said};
use crate::filter::{
    Action, Case, Header, HeaderSide, Param, ParamTest, Polarity, Redirect, RedirectMode, SkipStep, Transform,
};
use crate::surrogate;

/// The option that says what happens; nothing for a block.
pub(super) fn act(action: &Action, polarity: Polarity, format: Format) -> Said<Option<String>> {
    let option = match action {
        Action::Block => return Ok(None),
        Action::Redirect(redirect) => return answer(redirect, polarity, format),
        Action::RemoveParam(param) => parameter(param, format)?,
        Action::UrlSkip(steps) => skip(steps, format)?,
        Action::UriTransform(transform) => {
            refuse(
                format,
                &[Format::Adguard],
                "AdGuard's extensions have no $urltransform=",
            )?;
            refuse(format, &[Format::Ghostery], "Ghostery has no $uritransform=")?;
            with_value("uritransform", transform.as_deref().map(replacement).as_deref(), format)
        }
        Action::Csp(policy) => with_value("csp", Some(policy.as_str()).filter(|policy| !policy.is_empty()), format),
        Action::Permissions(policy) => {
            refuse(format, &[Format::Ghostery], "Ghostery has no $permissions=")?;
            let policy = policy.replace(", ", "|");
            with_value(
                "permissions",
                Some(policy.as_str()).filter(|policy| !policy.is_empty()),
                format,
            )
        }
        Action::RemoveHeader(header) => drop_header(header.as_ref(), format)?,
    };
    Ok(Some(option))
}

fn with_value(name: &str, value: Option<&str>, format: Format) -> String {
    match value {
        Some(value) => format!("{name}={}", escape(value, format)),
        None => name.to_owned(),
    }
}

/// A comma and, for AdGuard, a `$` would begin an option.
pub(super) fn escape(value: &str, format: Format) -> String {
    let value = value.replace(',', "\\,");
    match format {
        // AdGuard takes the backslash away: that of a regex's own `\$` must not be the one.
        Format::Adguard => value.replace("\\$", "[\u{0}]").replace(['$', '\u{0}'], "\\$"),
        _ => value,
    }
}

fn answer(redirect: &Redirect, polarity: Polarity, format: Format) -> Said<Option<String>> {
    let Redirect {
        resource,
        priority,
        mode,
    } = redirect;
    let option = match mode {
        RedirectMode::BlockAndAnswer => "redirect",
        RedirectMode::AnswerOnly => "redirect-rule",
    };
    if resource.is_empty() {
        return Ok(Some(option.to_owned()));
    }
    if surrogate::is_ours_alone(resource) {
        // The block that the line implies holds everywhere.
        return match (mode, polarity) {
            (RedirectMode::BlockAndAnswer, Polarity::Apply) => Ok(None),
            _ => Err("only Detick has the surrogate"),
        };
    }
    let name = match format {
        Format::Adguard => surrogate::adguard(resource),
        _ => surrogate::file(resource).unwrap_or(resource),
    };
    // AdGuard's and Ghostery's have no priorities.
    Ok(Some(match (priority, format) {
        (1.., Format::Ublock) => format!("{option}={name}:{priority}"),
        _ => format!("{option}={name}"),
    }))
}

fn parameter(param: &Param, format: Format) -> Said<String> {
    let test = |test: &ParamTest| match test {
        ParamTest::Name(name) => Ok(name.clone()),
        ParamTest::Regex { .. } if format == Format::Ghostery => Err("Ghostery has no regex for a parameter"),
        ParamTest::Regex { source, case } => Ok(format!("/{source}/{}", flag_of(*case))),
    };
    let value = match param {
        Param::All if format == Format::Ghostery => return Err("Ghostery names each parameter ($removeparam=)"),
        Param::All => None,
        Param::Only(only) => Some(test(only)?),
        Param::AllBut(_) if format == Format::Ghostery => return Err("Ghostery names each parameter ($removeparam=)"),
        Param::AllBut(kept) => Some(format!("~{}", test(kept)?)),
    };
    Ok(with_value("removeparam", value.as_deref(), format))
}

fn skip(steps: &[SkipStep], format: Format) -> Said<String> {
    refuse(format, &[Format::Adguard], "AdGuard has no $urlskip=")?;
    refuse(format, &[Format::Ghostery], "Ghostery has no $urlskip=")?;
    let steps = steps.iter().map(step).collect::<Said<Vec<String>>>()?;
    let steps = Some(steps.join(" ")).filter(|steps| !steps.is_empty());
    Ok(with_value("urlskip", steps.as_deref(), format))
}

fn step(step: &SkipStep) -> Said<String> {
    Ok(match step {
        SkipStep::Param(name) => format!("?{name}"),
        SkipStep::ParamAt(index) => format!("&{index}"),
        SkipStep::Fragment => "#".to_owned(),
        SkipStep::Regex(source) => format!("/{source}/"),
        SkipStep::Https => "+https".to_owned(),
        SkipStep::Base64 => "-base64".to_owned(),
        SkipStep::UriComponent => "-uricomponent".to_owned(),
        SkipStep::Blocked => "-blocked".to_owned(),
        SkipStep::Address | SkipStep::Json(_) | SkipStep::Origin => {
            return Err("only Detick has these steps of $urlskip=");
        }
    })
}

fn replacement(transform: &Transform) -> String {
    let Transform { from, to, every, case } = transform;
    let every = if *every { "g" } else { "" };
    format!("/{from}/{}/{every}{}", to.replace('/', "\\/"), flag_of(*case))
}

/// The flag behind a regex.
fn flag_of(case: Case) -> &'static str {
    match case {
        Case::Ignored => "i",
        Case::Exact => "",
    }
}

fn drop_header(header: Option<&Header>, format: Format) -> Said<String> {
    refuse(format, &[Format::Ghostery], "Ghostery has no $removeheader=")?;
    let value = match header {
        None => None,
        Some(Header {
            name,
            side: HeaderSide::Response,
        }) => Some(name.clone()),
        Some(Header {
            side: HeaderSide::Request,
            ..
        }) if format == Format::Ublock => {
            return Err("uBlock Origin takes no header out of requests");
        }
        Some(Header {
            name,
            side: HeaderSide::Request,
        }) => Some(format!("request:{name}")),
    };
    Ok(with_value("removeheader", value.as_deref(), format))
}
