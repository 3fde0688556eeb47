//! Times as recordings write them (ISO 8601), and back. Nothing here asks a clock.

/// Milliseconds since 1970, UTC, of `2026-11-29T12:00:00.5+01:00`; `None` for what is no such time.
///
/// ```
/// use detick::recording::time;
/// let ms = time::read("2026-11-29T12:00:00.5+01:00");
/// assert_eq!(ms.map(time::write).as_deref(), Some("2026-11-29T11:00:00.500Z"));
/// assert_eq!(time::read("yesterday"), None);
/// ```
pub fn read(text: &str) -> Option<i64> {
    let (day, rest) = text.trim().split_once(['T', ' '])?;
    let (clock, offset) = match rest.find(['Z', 'z', '+', '-']) {
        Some(at) => rest.split_at(at),
        None => (rest, "Z"),
    };
    let [year, month, date] = numbers(day, '-')?;
    let (clock, part) = clock.split_once('.').unwrap_or((clock, "0"));
    let [hour, minute, second] = numbers(clock, ':')?;
    let thousandths: i64 = part.get(..part.len().min(3))?.parse().ok()?;
    let part = thousandths * [1000, 100, 10, 1].get(part.len().min(3))?;
    let in_range = (1..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&date)
        && hour < 24
        && minute < 60
        && second < 61;
    let minutes = (days(year, month, date) * 24 + hour) * 60 + minute - minutes_of(offset)?;
    in_range.then_some((minutes * 60 + second) * 1000 + part)
}

/// `2026-11-29T11:00:00.500Z` of milliseconds since 1970.
pub fn write(ms: i64) -> String {
    let (day, rest) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    // The day's number in 400 years that begin on the first of March, as in `days`.
    let of_era = day + 719_468;
    let (era, of_era) = (of_era.div_euclid(146_097), of_era.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let date = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60);
    format!(
        "{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z",
        rest % 1000
    )
}

/// Days since 1970, counted in years that begin in March, so that the leap day is the last.
fn days(year: i64, month: i64, date: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Of `Z`, `+01:00` or `-0330`.
fn minutes_of(offset: &str) -> Option<i64> {
    let sign = match offset.as_bytes().first()? {
        b'Z' | b'z' => return (offset.len() == 1).then_some(0),
        b'-' => -1,
        _ => 1,
    };
    let digits = offset[1..].replace(':', "");
    let number: i64 = digits.parse().ok().filter(|number| (0..2400).contains(number))?;
    (digits.len() == 4).then(|| sign * (number / 100 * 60 + number % 100))
}

fn numbers(text: &str, between: char) -> Option<[i64; 3]> {
    let mut parts = text.split(between);
    let mut next = || {
        let part = parts.next()?;
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse().ok())?
    };
    let numbers = [next()?, next()?, next()?];
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_written() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
            ("2024-02-29T23:59:60.9999Z", "2024-03-01T00:00:00.999Z"),
            ("2026-11-29T00:30:00.123+01:00", "2026-11-28T23:30:00.123Z"),
            ("2026-11-29 00:30:00-0330", "2026-11-29T04:00:00.000Z"),
            ("0001-01-01T00:00:00", "0001-01-01T00:00:00.000Z"),
        ] {
            assert_eq!(read(text).map(write).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "T",
            "2026-13-01T00:00:00Z",
            "2026-01-01T00:00:00.é",
            "1-1-1T1:1:1+é",
            "2026-01-01",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read(ms in -50_000_000_000_000_i64..200_000_000_000_000) {
            proptest::prop_assert_eq!(read(&write(ms)), Some(ms));
        }

        #[test]
        fn nothing_panics(text: String) {
            read(&text);
        }
    }
}
