//! `data/domains.txt`: the domains of TikTok's and its sister companies', and what of other files follows from them.
//!
//! In a list, a comment says what the lines of its block are made of:
//!
//! | comment | the block's lines |
//! |---|---|
//! | `!each: ROLES LINE` | that line for each domain of these roles: `@` stands for the domain, `@purpose` and `@company` for what it is |
//! | `!hosts: OPTION=ROLES …` | where they have the option, it names the domains of these roles; `OPTION=~ROLES` all but those; in the policy of `csp=` they stand in the place of its `https://` sources |
//!
//! Roles are joined by `+`: any of them will do. `all` are all domains but those that others share.

use std::path::Path;

use anyhow::{Context, Result, bail};

/// Every role a domain may have, with the purpose that `filters/companies.txt` gives a domain whose first role it is.
const ROLES: &[(&str, &str)] = &[
    ("site", "site"),
    ("api", "site"),
    ("app", "site"),
    ("content", "content"),
    ("embed", "content"),
    ("player", "content"),
    ("ad", "advertising"),
    ("collect", "telemetry"),
    ("link", "shortlink"),
    ("page", ""),
    ("family", ""),
    ("sister", ""),
    ("stop", ""),
    ("shared", ""),
];

/// One row of the table.
struct Domain {
    name: String,
    roles: Vec<String>,
    company: String,
}

/// The table.
pub struct Domains(Vec<Domain>);

impl Domains {
    /// Reads `data/domains.txt`.
    ///
    /// # Errors
    /// When the file cannot be read, or a row lacks a part, repeats a domain or has a role that nobody knows.
    pub fn read(root: &Path) -> Result<Domains> {
        let path = root.join("data/domains.txt");
        let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Domains::parse(&text)
    }

    fn parse(text: &str) -> Result<Domains> {
        let mut domains: Vec<Domain> = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let words: Vec<&str> = line.splitn(4, ' ').collect();
            let &[name, roles, _, company] = words.as_slice() else {
                bail!("data/domains.txt: `{line}`: expected a domain, roles, who names it and a company");
            };
            let roles: Vec<String> = roles.split('+').map(str::to_owned).collect();
            if let Some(role) = roles.iter().find(|role| !ROLES.iter().any(|(known, _)| known == *role)) {
                bail!("data/domains.txt: `{line}`: no role is called `{role}`");
            }
            if domains.iter().any(|domain| domain.name == name) {
                bail!("data/domains.txt: {name} stands there twice");
            }
            domains.push(Domain {
                name: name.to_owned(),
                roles,
                company: company.to_owned(),
            });
        }
        Ok(Domains(domains))
    }

    /// The names of those with one of the roles, in the order of their letters.
    pub fn with<'a>(&'a self, roles: &'a str) -> Vec<&'a str> {
        let mut names: Vec<&str> = self.of(roles).map(|domain| domain.name.as_str()).collect();
        names.sort_unstable();
        names
    }

    fn of<'a>(&'a self, roles: &'a str) -> impl Iterator<Item = &'a Domain> {
        fn has(domain: &Domain, role: &str) -> bool {
            domain.roles.iter().any(|other| other == role)
        }
        self.0.iter().filter(move |domain| match roles {
            "all" => !has(domain, "shared"),
            "known" => true,
            _ => roles.split('+').any(|role| has(domain, role)),
        })
    }

    /// The lines of a block, whose comments may say what they are made of.
    pub fn lines(&self, comments: &[&str], lines: Vec<String>) -> Vec<String> {
        let each: Vec<(&str, &str)> = comments
            .iter()
            .filter_map(|comment| comment.strip_prefix("!each: ")?.split_once(' '))
            .collect();
        let lines = match each.is_empty() {
            true => lines,
            false => each.iter().flat_map(|(roles, line)| self.each(roles, line)).collect(),
        };
        let hosts = comments.iter().filter_map(|comment| comment.strip_prefix("!hosts: "));
        let sets: Vec<(&str, &str)> = hosts
            .flat_map(|sets| sets.split(' '))
            .filter_map(|set| set.split_once('='))
            .collect();
        lines.iter().map(|line| self.fill(line, &sets)).collect()
    }

    fn each(&self, roles: &str, line: &str) -> Vec<String> {
        let purpose = |domain: &Domain| {
            ROLES
                .iter()
                .find(|(role, _)| domain.roles.first().is_some_and(|first| first == role))
                .map_or("", |(_, purpose)| purpose)
        };
        let made = |domain: &Domain| {
            line.replace("@purpose", purpose(domain))
                .replace("@company", &domain.company)
                .replace('@', &domain.name)
        };
        self.of(roles).map(made).collect()
    }

    fn fill(&self, line: &str, sets: &[(&str, &str)]) -> String {
        let Some((pattern, options)) = line.rsplit_once('$') else {
            return line.to_owned();
        };
        let fill = |option: &str| {
            let (name, _) = option.split_once('=')?;
            let (_, roles) = sets.iter().find(|(of, _)| *of == name)?;
            if name == "csp" {
                return Some(with_sources(option, &self.with(roles)));
            }
            let (sign, roles) = roles.strip_prefix('~').map_or(("", *roles), |roles| ("~", roles));
            let names: Vec<String> = self.with(roles).iter().map(|host| format!("{sign}{host}")).collect();
            Some(format!("{name}={}", names.join("|")))
        };
        let options = options
            .split(',')
            .map(|option| fill(option).unwrap_or_else(|| option.to_owned()));
        format!("{pattern}${}", options.collect::<Vec<_>>().join(","))
    }

    /// `extension/shared/families.js` with the domains of both families.
    pub fn families(&self, text: &str) -> String {
        let text = put(text, "export const TIKTOK = [\n", &self.with("family"));
        put(&text, "export const SISTERS = [\n", &self.with("sister"))
    }
}

/// A policy whose `https://` sources are what is below these domains, at its end.
fn with_sources(policy: &str, domains: &[&str]) -> String {
    let kept = policy.split(' ').filter(|word| !word.starts_with("https://"));
    let source = |domain: &&str| match domain.matches('.').count() {
        1 => format!("https://*.{domain}"),
        _ => format!("https://{domain}"), // a host
    };
    kept.map(str::to_owned)
        .chain(domains.iter().map(source))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text with these names between `start` and the next `];`.
fn put(text: &str, start: &str, names: &[&str]) -> String {
    let Some((before, rest)) = text.split_once(start) else {
        return text.to_owned();
    };
    let after = rest.split_once("];").map_or("", |(_, after)| after);
    let names: String = names.iter().map(|name| format!("  '{name}',\n")).collect();
    format!("{before}{start}{names}];{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "# a comment\n\nb.example site+page x B\na.example app y A Company\nc.example content+shared x C\n";

    #[test]
    fn a_block_is_made_of_the_domains_with_a_role() -> Result<()> {
        let domains = Domains::parse(TABLE)?;
        let made = |comments: &[&str], line: &str| domains.lines(comments, vec![line.to_owned()]);
        assert_eq!(
            made(&["!each: all ||@^$all"], "||old.example^"),
            ["||b.example^$all", "||a.example^$all"]
        );
        assert_eq!(
            made(&["!each: known @ @purpose @company"], ""),
            ["b.example site B", "a.example site A Company", "c.example content C"]
        );
        assert_eq!(
            made(
                &["!hosts: to=site+app domain=~page"],
                "||log$script,to=x.example,domain=~y.example"
            ),
            ["||log$script,to=a.example|b.example,domain=~b.example"]
        );
        assert_eq!(made(&["! to=site"], "||log$to=x.example"), ["||log$to=x.example"]);
        assert_eq!(
            made(&["!hosts: csp=app"], "||log$csp=a blob:; b 'self' https://old.example"),
            ["||log$csp=a blob:; b 'self' https://*.a.example"]
        );
        assert_eq!(
            domains.families("a\nexport const TIKTOK = [\n  'old',\n];\nb"),
            "a\nexport const TIKTOK = [\n];\nb"
        );
        Ok(())
    }

    #[test]
    fn a_row_that_says_too_little_is_named() {
        for (table, expected) in [
            ("a.example site x", "expected a domain"),
            ("a.example sight x A", "no role is called `sight`"),
            ("a.example site x A\na.example app x A", "twice"),
        ] {
            let error = Domains::parse(table).err().map(|error| error.to_string());
            assert!(error.is_some_and(|error| error.contains(expected)), "{table}");
        }
    }
}
