//! Recordings in every packing, whole and broken.

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

use super::*;

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A file in an archive: packed, with its length behind it, or plain, with its length in front.
fn zipped(name: &str, bytes: &[u8], is_packed: bool) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    let packed = if is_packed {
        encoder.finish().unwrap()
    } else {
        bytes.to_vec()
    };
    let (flags, method, length) = if is_packed {
        (8_u16, 8_u16, 0)
    } else {
        (0, 0, packed.len() as u32)
    };
    let mut file = b"PK\x03\x04\x14\x00".to_vec();
    file.extend([flags.to_le_bytes(), method.to_le_bytes()].concat());
    file.extend([0; 8]);
    file.extend([length.to_le_bytes(), length.to_le_bytes()].concat());
    file.extend([(name.len() as u16).to_le_bytes(), [0, 0]].concat());
    file.extend(name.as_bytes());
    file.extend(&packed);
    if is_packed {
        file.extend(b"PK\x07\x08");
        file.extend([0; 12]);
    }
    file
}

/// The list at an archive's end, as far as it is looked at.
const END: &[u8] = b"PK\x01\x02 and so on";

#[test]
fn recordings_come_plain_or_packed_from_files_or_standard_input() {
    let plain = fs::read(fixture("firefox.har")).unwrap();
    let pages = |input: &[u8], args: &[&str]| {
        let output = run(&[&["--json"], args].concat(), input);
        assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
        json(&output)["pages"].clone()
    };
    let expected = pages(b"", &[&fixture("firefox.har")]);
    assert!(expected[0]["companies"][0]["requests"] == 5);
    let packed = zipped("a.har", &plain, true);
    let inputs = [
        plain.clone(),
        gzipped(&plain),
        gzipped(&gzipped(&plain)),
        [&packed[..], END].concat(),
        [
            zipped("pictures/a.json", b"{}", true),
            packed,
            zipped("b.txt", b"x", false),
            END.to_vec(),
        ]
        .concat(),
        [zipped("A.HAR.GZ", &gzipped(&plain), false), END.to_vec()].concat(),
        gzipped(&[&zipped("a.har", &plain, false), END].concat()),
    ];
    for (index, input) in inputs.iter().enumerate() {
        assert_eq!(pages(input, &[]), expected, "{index}");
        assert_eq!(pages(input, &["-"]), expected, "{index}");
    }
    let two = pages(b"", &[&fixture("firefox.har"), &fixture("log.jsonl")]);
    assert_eq!((&two[0], &two[1]["recording"]), (&expected[0], &serde_json::json!(1)));
}

#[test]
fn what_is_broken_is_told_and_the_rest_is_reported() {
    let good = fs::read(fixture("firefox.har")).unwrap();
    let cut = text(&good).find("embed/v2").unwrap();
    let packed = gzipped(&good);
    let archive = [zipped("a.har", &good, true), END.to_vec()].concat();
    let mut changed = packed.clone();
    changed[200] ^= 0x55;
    let mut encrypted = archive.clone();
    encrypted[6] |= 1;
    let rows: &[(&[u8], &str)] = &[
        (b"", "standard input:1:1: nothing is in it"),
        (&good[..cut], "entry 6: it never ends"),
        (&packed[..packed.len() / 2], "standard input: "),
        (&changed, "standard input: "),
        (b"\x1f\x8b", "standard input: its packing is broken"),
        (
            &archive[..archive.len() / 2],
            "standard input/a.har: incomplete deflate stream",
        ),
        (&archive[..20], "standard input: the archive is cut"),
        (&encrypted, "standard input: the archive is encrypted"),
        (
            &[zipped("a.txt", &good, true), END.to_vec()].concat(),
            "the archive has no file that ends in .har",
        ),
        (
            &[zipped("a.har", b"", false), b"PKPKPK".to_vec()].concat(),
            "the archive is broken",
        ),
        (
            &(0..4).fold(good.clone(), |bytes, _| gzipped(&bytes)),
            "it is packed more than three times",
        ),
    ];
    for (input, expected) in rows {
        let output = run(&["--json"], input);
        let errors = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{expected}: {errors}");
        assert!(errors.contains(expected), "{expected}: {errors}");
        assert!(
            json(&output)["recordings"]
                .as_array()
                .is_some_and(|all| !all.is_empty()),
            "{expected}"
        );
    }
    let half = run(&["--json"], &good[..cut]);
    assert_eq!(json(&half)["recordings"][0]["requests"], 5);
    let missing = run(&["none.har"], b"");
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).starts_with("error: cannot read none.har: "));
    assert_eq!(run(&["tests"], b"").status.code(), Some(2));
}

#[test]
fn a_report_that_was_packed_is_read_as_both_browsers_write_it() {
    let report = gzipped(br#"{"event":"AddToCart","context":{"pixel":{"code":"CMADEUP0000000000000"}}}"#);
    let one_character_a_byte: String = report.into_iter().map(char::from).collect();
    let request = serde_json::json!({
        "method": "POST",
        "url": "https://analytics.tiktok.com/api/v2/pixel",
        "postData": { "mimeType": "", "text": one_character_a_byte },
    });
    let har = serde_json::json!({ "log": { "entries": [{ "request": request }] } });
    let company = &json(&run(&["--json"], har.to_string().as_bytes()))["pages"][0]["companies"][0];
    assert_eq!(company["events"][0]["event"], "AddToCart");
}
