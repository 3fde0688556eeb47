//! What holds for every link and every list.

use super::*;
use proptest::prelude::*;

/// Lines of every kind, for hosts and names that the links below have.
fn lines() -> impl Strategy<Value = String> {
    let pattern = "(@@)?(\\|\\|a\\.io\\^|\\|\\|b\\.a\\.io/p|/p|\\|\\|a\\.|\\^b=|\\|\\|a\\.io/\\*x|)";
    let action = prop_oneof![
        Just("removeparam=a".to_owned()),
        Just("removeparam=b".to_owned()),
        Just("removeparam".to_owned()),
        Just("removeparam=~a".to_owned()),
        Just("removeparam=/^a/".to_owned()),
        Just("removeparam=/b|c/i".to_owned()),
        Just("removeparam=~/^[ab]=/".to_owned()),
        Just("urlskip=?u".to_owned()),
        Just("urlskip=?u +https".to_owned()),
        Just("urlskip=/u=(.*)/ -uricomponent".to_owned()),
        Just("urlskip=&1".to_owned()),
        Just("uritransform=/x+//".to_owned()),
        Just("uritransform=/p/x/g".to_owned()),
    ];
    let more = "(,important|,to=a\\.io|,domain=~b\\.a\\.io|,denyallow=c\\.a\\.io|,to=a\\.\\*|,match-case)?";
    let line = (pattern, action, more).prop_map(|(pattern, action, more)| format!("{pattern}${action}{more}"));
    prop::collection::vec(line, 1..8).prop_map(|lines| lines.join("\n"))
}

fn links() -> impl Strategy<Value = String> {
    "(https?://)(u@)?(b\\.|c\\.)?a\\.(io|com)\\.?(:80)?[/?#](/?[px/]{0,3})?([?#&]|a=1|%61=2|b=|c|u=https?(://|%3A%2F%2F)(a|d)\\.io(%3F|\\?)?|%26|=|\\?u=|;|x){0,10}"
}

/// Whether `small` is what is left of `large` after deleting bytes.
fn is_left_of(small: &str, large: &str) -> bool {
    let mut rest = large.bytes();
    small.bytes().all(|wanted| rest.any(|byte| byte == wanted))
}

fn build(lines: &str) -> Cleaner {
    Cleaner::new(&[crate::list::parse("links.txt", lines.as_bytes()).0]).0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn cleaning_twice_is_cleaning_once(lines in lines(), link in links()) {
        let cleaner = build(&lines);
        let once = cleaner.clean(&link, &Options::default()).url.into_owned();
        let twice = cleaner.clean(&once, &Options::default());
        prop_assert_eq!(&twice.url, &once);
        prop_assert!(matches!(twice.url, Cow::Borrowed(_)) && twice.removed.is_empty() && twice.unwrapped.is_empty());
    }

    #[test]
    fn the_host_changes_only_by_unwrapping(lines in lines(), link in links()) {
        let cleaner = build(&lines);
        let cleaned = cleaner.clean(&link, &Options::default());
        if !cleaned.unwrapped.is_empty() {
            return Ok(());
        }
        let (before, after) = (Link::parse(&link).unwrap(), Link::parse(&cleaned.url).unwrap());
        prop_assert_eq!(&link[..before.rest], &cleaned.url[..after.rest]);
    }

    #[test]
    fn the_host_is_the_browsers(link in links()) {
        let link = Link::parse(&link).unwrap();
        let theirs = url::Url::parse(link.url).unwrap();
        prop_assert_eq!(theirs.host_str().map(|host| host.trim_end_matches('.')), Some(link.host.as_ref()));
    }

    #[test]
    fn bytes_are_only_deleted(lines in lines(), link in links()) {
        let cleaner = build(&lines);
        let cleaned = cleaner.clean(&link, &Options::default());
        let rewritten = lines.contains("uritransform=/p/x/");
        if rewritten || !cleaned.unwrapped.is_empty() {
            return Ok(());
        }
        prop_assert!(is_left_of(&cleaned.url, &link), "{} is no part of {}", cleaned.url, link);
        prop_assert_eq!(cleaned.url == link, cleaned.removed.is_empty());
    }

    #[test]
    fn no_text_panics(lines in lines(), text in "\\PC{0,40}|(https?://)?[\\PC@:/?#\\[\\]%&=\\\\]{0,40}") {
        let cleaner = build(&lines);
        cleaner.clean(&text, &Options::default());
        cleaner.clean(&format!("https://a.io/{text}"), &Options::default());
        let (clean, found) = cleaner.clean_text(&text, &Options::default());
        prop_assert!(found.iter().all(|link| text.is_char_boundary(link.range.start) && text.is_char_boundary(link.range.end)));
        prop_assert!(!found.is_empty() || clean == text);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(cleaner) = Cleaner::from_bytes(&bytes) {
            cleaner.clean("https://a.io/?a=1", &Options::default());
        }
    }

    #[test]
    fn damaged_tables_never_panic(lines in lines(), link in links(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = build(&lines).to_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(cleaner) = Cleaner::from_bytes(&bytes) {
            cleaner.clean(&link, &Options::default());
        }
    }
}
