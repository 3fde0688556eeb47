//! Rewriting what follows the host, for trackers that live in the path.

use super::Removed;
use super::data::Kind;
use super::ground::Ground;

/// The link after all rewriting rules in force, or `None` when they change nothing.
pub(super) fn transform<'t>(ground: &Ground<'_, 't>, removed: &mut Vec<Removed<'t>>) -> Option<String> {
    let (base, original) = ground.link.url.split_at(ground.link.rest);
    let mut rest: Option<String> = None;
    for rule in ground.candidates(Kind::Transform) {
        if !ground.is_in_force(rule) || ground.is_excepted(rule, Kind::KeepPath) {
            continue;
        }
        ground.read_text();
        let transform = ground.tables.data.transforms[rule.what as usize];
        let regex = ground.tables.regex(transform.regex);
        let current = rest.as_deref().unwrap_or(original);
        let replaced = regex.replace(current, ground.tables.text(transform.to), transform.every != 0);
        let Some((next, piece)) = replaced else { continue };
        if next != current && keeps_host(&next) {
            removed.push(Removed::new(ground.tables, piece.to_owned(), rule));
            rest = Some(next);
        }
    }
    rest.map(|rest| base.to_owned() + &rest)
}

/// Whether the text may follow a host without becoming part of it.
fn keeps_host(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['/', '?', '#', '\\'])
}
