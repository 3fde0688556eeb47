//! `$with=`.

use super::trigger;
use crate::dnr::Unsupported;
use crate::filter::{Action, Anchor, Conditions, Filter, Glob, Param, ParamTest, Pattern};
use std::sync::Arc;

/// A line with `$with=` as lines whose patterns ask for the parameters, in every order.
pub(super) fn spelt_out(filter: &Filter) -> Result<Vec<Filter>, Unsupported> {
    let (anchor, start) = match &filter.pattern {
        Pattern::Any => (Anchor::Anywhere, ""),
        Pattern::Glob(glob) if !glob.ends => (glob.anchor, glob.text.as_str()),
        _ => return Err(Unsupported::ParamPattern),
    };
    let own = match &filter.action {
        Action::RemoveParam(Param::Only(ParamTest::Name(name))) => Some(name),
        _ => None,
    };
    let mut texts = Vec::new();
    for names in &filter.when.with {
        let own = own.filter(|own| !names.contains(own));
        let names: Vec<String> = names
            .iter()
            .chain(own)
            .map(|name| trigger::pattern_text(name))
            .collect();
        for order in orders(&names) {
            let text = order.join("=*^") + "=";
            // Behind the separator that the pattern ends with, the first may follow at once.
            if start.ends_with(['?', '&', '^']) {
                texts.push(format!("{start}{text}"));
            }
            let gap = if start.is_empty() { "" } else { "*" };
            texts.push(format!("{start}{gap}^{text}"));
        }
    }
    let with_text = |text: String| Filter {
        pattern: Pattern::Glob(Glob {
            anchor,
            text: text.to_ascii_lowercase(),
            ends: false,
        }),
        when: Arc::new(Conditions {
            with: Vec::new(),
            ..Conditions::clone(&filter.when)
        }),
        ..filter.clone()
    };
    Ok(texts.into_iter().map(with_text).collect())
}

/// Every order of a few names.
fn orders(names: &[String]) -> Vec<Vec<String>> {
    if names.len() <= 1 {
        return vec![names.to_vec()];
    }
    let beginning_with = |first: usize| {
        let mut others = names.to_vec();
        let name = others.remove(first);
        orders(&others)
            .into_iter()
            .map(move |order| [vec![name.clone()], order].concat())
    };
    (0..names.len()).flat_map(beginning_with).collect()
}
