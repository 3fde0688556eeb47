//! The options of another blocker's that name hosts: of pages, and of where requests go.

use super::{Format, Said};
use crate::filter::{Domain, Domains};

/// `domain=` and its like; nothing for no condition.
pub(super) fn list(name: &str, domains: &Domains, format: Format) -> Said<Option<String>> {
    let include = domains.include.iter().map(|domain| entry("", domain, format));
    let exclude = domains.exclude.iter().map(|domain| entry("~", domain, format));
    let entries = include.chain(exclude).collect::<Said<Vec<String>>>()?;
    Ok((!entries.is_empty()).then(|| format!("{name}={}", entries.join("|"))))
}

fn entry(sign: &str, domain: &Domain, format: Format) -> Said<String> {
    match domain {
        Domain::Host(host) => Ok(format!("{sign}{host}")),
        Domain::Entity(name) => Ok(format!("{sign}{name}.*")),
        Domain::Regex(_) if format == Format::Ghostery => Err("Ghostery has no regex for a domain"),
        Domain::Regex(source) if format == Format::Adguard && source.contains('$') => {
            Err("AdGuard cannot read a `$` in a regex for a domain")
        }
        Domain::Regex(source) if format == Format::Adguard => {
            Ok(format!("{sign}/{}/", source.replace('|', "\\|").replace(',', "\\,")))
        }
        Domain::Regex(source) => Ok(format!("{sign}/{source}/")),
    }
}

/// `denyallow=`, and `to=` where the pattern does not say it.
pub(super) fn denied(denyallow: &[Domain], from: &Domains, to: &Domains, format: Format) -> Said<Option<String>> {
    let denied = Domains {
        include: denyallow.to_vec(),
        exclude: Vec::new(),
    };
    match format {
        _ if denyallow.is_empty() => Ok(None),
        Format::Adguard if to.is_empty() => list(
            "to",
            &Domains {
                exclude: denied.include,
                include: Vec::new(),
            },
            format,
        ),
        Format::Adguard => Err("AdGuard has no $denyallow= beside $to="),
        Format::Ghostery if from.include.is_empty() => Err("Ghostery has no $denyallow= without $domain="),
        _ => list("denyallow", &denied, format),
    }
}
