use super::*;

fn cleaner(lines: &str) -> Cleaner {
    let (list, complaints) = crate::list::parse("links.txt", lines.as_bytes());
    assert!(complaints.is_empty(), "{lines}: {complaints:?}");
    let (cleaner, complaints) = Cleaner::new(&[list]);
    assert!(complaints.is_empty(), "{lines}: {complaints:?}");
    cleaner
}

#[test]
fn a_removed_parameter_says_by_which_line_and_why() {
    let cleaner = cleaner("!why: who shared the link\n||tiktok.com^$removeparam=_t");
    let cleaned = cleaner.clean("https://www.tiktok.com/@u?%5ft=1", &Options::default());
    assert_eq!(cleaned.url, "https://www.tiktok.com/@u");
    assert_eq!(
        (cleaned.removed[0].name.as_str(), cleaned.removed[0].why),
        ("_t", "who shared the link")
    );
    assert_eq!(cleaned.removed[0].rule().to_string(), "links.txt:2");
}
#[test]
fn zz_stats() {
    let read = |name: &str| crate::list::parse(name, &std::fs::read(format!("filters/{name}")).unwrap()).0;
    let (c, _) = Cleaner::new(&["links.txt", "share.txt", "referral.txt"].map(read));
    let d = &c.tables.data;
    println!(
        "names {} named {} scopes {} scoped {} kinds {:?} loose {:?} grams {} keep {} heads {} conds {} ent {} lab {}",
        d.names.len(),
        d.named.len(),
        d.scopes.len(),
        d.scoped.len(),
        d.kinds,
        d.loose,
        d.grams.len(),
        d.keep_grams.len(),
        d.heads.len(),
        d.conditions.len(),
        d.has_entities,
        d.has_labels
    );
    for run in &d.loose {
        for id in c.tables.run(&d.ids, *run) {
            let r = d.scoped[*id as usize];
            println!("loose {:?} {}", r, r.line);
        }
    }
    for g in &d.grams {
        let r = d.scoped[g.rule as usize];
        println!(
            "gram {:?} line {}",
            String::from_utf8_lossy(&g.bytes.to_le_bytes()),
            r.line
        );
    }
    for (i, s) in d.scopes.iter().enumerate() {
        let t = c.tables.text(*s);
        if t.ends_with('.') {
            println!("label {t} {i}");
        }
    }
}
