//! Counting instructions: `benches/counted.rs` under valgrind's callgrind.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

/// Functions of this module are counted, with all that they call.
const COUNTED: &str = "counted::counted::";

/// Copying routines of the C library are chosen by the processor: without these features all take the same ones.
const TUNABLES: &str = "glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX2_Usable,-ERMS,-FSRM";

/// The instructions that each counted function takes for each of its pieces. Leaves the profile for a closer look.
///
/// # Errors
/// When the program fails, or a function that it names was not seen.
pub fn count(program: &Path, profile: &Path) -> Result<BTreeMap<String, u64>> {
    let output = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind"])
        .arg(format!("--toggle-collect={COUNTED}*"))
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(program)
        .env("GLIBC_TUNABLES", TUNABLES)
        .output()
        .context("cannot run valgrind")?;
    let complaints = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "valgrind failed: {complaints}");
    let costs = inclusive(&fs::read_to_string(profile)?);
    let pieces = String::from_utf8(output.stdout)?;
    pieces.lines().map(|line| figure(line, &costs)).collect()
}

/// `deciding 2000` -> instructions for one.
fn figure(line: &str, costs: &HashMap<String, u64>) -> Result<(String, u64)> {
    let (name, pieces) = line.split_once(' ').context("no number of pieces")?;
    let pieces: u64 = pieces.parse().context("no number of pieces")?;
    match costs.get(&format!("{COUNTED}{name}")) {
        Some(cost) if pieces > 0 => Ok((name.to_owned(), cost / pieces)),
        _ => bail!("{name} was not counted"),
    }
}

/// What each function costs with all that it calls, if it does not call itself: the sum of all costs in its blocks.
///
/// A block begins with `fn=(7) name`, or `fn=(7)` when the name was told before, also as a callee's (`cfn=`). Costs
/// stand behind a line's number (`12 340`, `+3 5`); behind `calls=` is what the callee cost.
fn inclusive(profile: &str) -> HashMap<String, u64> {
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut costs: HashMap<String, u64> = HashMap::new();
    let mut current = "";
    for line in profile.lines() {
        if let Some(function) = line.strip_prefix("fn=").or_else(|| line.strip_prefix("cfn=")) {
            let (number, name) = function.split_once(' ').unwrap_or((function, ""));
            if !name.is_empty() {
                names.insert(number, name);
            }
            if line.starts_with("fn=") {
                current = names.get(number).copied().unwrap_or_default();
            }
        } else if let Some(cost) = cost(line) {
            *costs.entry(current.to_owned()).or_default() += cost;
        }
    }
    costs
}

fn cost(line: &str) -> Option<u64> {
    let (place, cost) = line.split_once(' ')?;
    let is_place = place.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '*'));
    cost.parse().ok().filter(|_| is_place)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROFILE: &str = "\
positions: line
events: Ir
fl=(1) ???
fn=(1) main
0 7
cfn=(2) counted::counted::deciding
calls=1 0
0 2300
fn=(2)
0 100
+3 200
cfn=(3) detick::blocker::Blocker::decide
calls=10 0
* 2000
fn=(3)
0 2000

totals: 2307
";

    #[test]
    fn a_functions_cost_has_that_of_what_it_calls() {
        let costs = inclusive(PROFILE);
        assert_eq!(costs["counted::counted::deciding"], 2300);
        assert_eq!(figure("deciding 10", &costs).unwrap(), ("deciding".to_owned(), 230));
        assert!(figure("cleaning 10", &costs).is_err());
        assert!(figure("deciding 0", &costs).is_err());
    }
}
