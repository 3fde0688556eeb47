//! What Detick may cost, in figures that no busy machine changes: instructions, counted by valgrind, and bytes.
//!
//! `benches/budgets.json` holds them. More than [`TOLERANCE`] above one fails; as much below asks for a lower budget.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::callgrind;
use crate::manifest::Browser;
use crate::package;
use crate::progress::step;
use crate::toolchain::Toolchain;

const FILE: &str = "benches/budgets.json";
/// In hundredths. Seeds of hash tables move most figures by a thousandth at most, but `explaining_own_lists` comes out
/// as one of two, a ninth apart, of which the budget is the middle; the C library's choice of copying routine for a
/// processor moves them by less than a hundredth.
const TOLERANCE: u64 = 7;

type Figures = BTreeMap<String, u64>;

/// Figures, and the compiler that they hold for: another one makes other code of the same sources.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Group {
    compiler: String,
    figures: Figures,
}

/// The file.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Budgets {
    /// Instructions for each piece: a request, a link, a line of a list, an image.
    instructions: Group,
    /// Bytes of WebAssembly.
    modules: Group,
    /// Bytes of what no compiler has a say in, or little.
    files: Group,
}

/// Measures, and compares with the budgets or, for `update`, writes them. Prints `N passed, N failed, N skipped`.
///
/// # Errors
/// When a figure is over its budget or has none, or something cannot be measured.
pub fn run(root: &Path, update: bool) -> Result<()> {
    let measured = measure(root)?;
    let path = root.join(FILE);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {FILE}"))?;
    let mut budgets: Budgets = serde_json::from_str(&text).context(FILE)?;
    if update {
        budgets.take(measured);
        fs::write(&path, serde_json::to_string_pretty(&budgets)? + "\n")?;
        println!("{FILE}: written");
        return Ok(());
    }
    let verdicts = budgets.judge(&measured);
    verdicts
        .iter()
        .for_each(|(name, verdict)| println!("{name}: {verdict}"));
    let count = |wanted: fn(&Verdict) -> bool| verdicts.iter().filter(|(_, verdict)| wanted(verdict)).count();
    let failed = count(|verdict| {
        matches!(
            verdict,
            Verdict::Over { .. } | Verdict::NoBudget(_) | Verdict::NotMeasured
        )
    });
    let skipped = count(|verdict| matches!(verdict, Verdict::Skipped(_)));
    println!(
        "{} passed, {failed} failed, {skipped} skipped",
        verdicts.len() - failed - skipped
    );
    ensure!(
        failed == 0,
        "over the budget: see above. If it is worth it: `cargo xtask budgets --update`"
    );
    Ok(())
}

/// What became of a figure.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Within { figure: u64, budget: u64 },
    Over { figure: u64, budget: u64 },
    Under { figure: u64, budget: u64 },
    NoBudget(u64),
    NotMeasured,
    Skipped(String),
}

impl Verdict {
    fn of(figure: u64, budget: u64) -> Verdict {
        match (figure * 100, budget * (100 - TOLERANCE), budget * (100 + TOLERANCE)) {
            (figure_100, _, most) if figure_100 > most => Verdict::Over { figure, budget },
            (figure_100, least, _) if figure_100 < least => Verdict::Under { figure, budget },
            _ => Verdict::Within { figure, budget },
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = |figure: u64, budget: u64| figure as f64 / budget as f64;
        match *self {
            Verdict::Within { figure, budget } => write!(f, "{figure}, budget {budget}, {:.3}", ratio(figure, budget)),
            Verdict::Over { figure, budget } => {
                write!(f, "OVER: {figure}, budget {budget}, {:.3}", ratio(figure, budget))
            }
            Verdict::Under { figure, budget } => write!(
                f,
                "{figure}, budget {budget}, {:.3}: lower the budget (`cargo xtask budgets --update`)",
                ratio(figure, budget)
            ),
            Verdict::NoBudget(figure) => write!(f, "{figure} has no budget: `cargo xtask budgets --update`"),
            Verdict::NotMeasured => write!(f, "has a budget and was not measured"),
            Verdict::Skipped(ref why) => write!(f, "skipped, {why}"),
        }
    }
}

impl Budgets {
    fn groups(&self) -> [&Group; 3] {
        [&self.instructions, &self.modules, &self.files]
    }

    fn judge(&self, measured: &Budgets) -> Vec<(String, Verdict)> {
        let pairs = self.groups().into_iter().zip(measured.groups());
        pairs.flat_map(|(budget, measured)| budget.judge(measured)).collect()
    }

    /// Goes over to what was measured; what could not be here stays.
    fn take(&mut self, measured: Budgets) {
        for (budget, measured) in [
            (&mut self.instructions, measured.instructions),
            (&mut self.modules, measured.modules),
            (&mut self.files, measured.files),
        ] {
            if !measured.figures.is_empty() {
                *budget = measured;
            }
        }
    }
}

impl Group {
    fn judge(&self, measured: &Group) -> Vec<(String, Verdict)> {
        let why = match (measured.figures.is_empty(), self.compiler == measured.compiler) {
            (true, _) => Some("there is no valgrind".to_owned()),
            (false, false) => Some(format!(
                "it is for {}, and this is {}",
                self.compiler, measured.compiler
            )),
            (false, true) => None,
        };
        if let Some(why) = why {
            let skipped = |name: &String| (name.clone(), Verdict::Skipped(why.clone()));
            return self.figures.keys().map(skipped).collect();
        }
        let forgotten = self.figures.keys().filter(|name| !measured.figures.contains_key(*name));
        let forgotten = forgotten.map(|name| (name.clone(), Verdict::NotMeasured));
        let verdicts = measured.figures.iter().map(|(name, &figure)| {
            let budget = self.figures.get(name);
            let verdict = budget.map_or(Verdict::NoBudget(figure), |&budget| Verdict::of(figure, budget));
            (name.clone(), verdict)
        });
        verdicts.chain(forgotten).collect()
    }
}

fn measure(root: &Path) -> Result<Budgets> {
    Ok(Budgets {
        instructions: instructions(root)?,
        modules: Group {
            compiler: Toolchain::find()?.version()?,
            figures: sizes(root, &["wasm/detick_bg.wasm", "wasm/compiler_bg.wasm"])?,
        },
        files: Group {
            compiler: String::new(),
            figures: sizes(root, &["rules/engine.bin"])?
                .into_iter()
                .chain(packages(root)?)
                .collect(),
        },
    })
}

/// Empty where there is no valgrind.
fn instructions(root: &Path) -> Result<Group> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok(Group::default());
    }
    let mut cargo = Command::new("cargo");
    cargo.args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "detick",
        "--bin",
        "counted",
    ]);
    cargo
        .args(["--no-default-features", "--features", "counted"])
        .current_dir(root);
    let built = step("Compiling what is counted", || cargo.status())?;
    ensure!(built.success(), "benches/counted.rs does not compile: see above");
    let program = root.join("target/release/counted");
    let profile = root.join("target/counted.callgrind");
    let figures = step("Counting instructions", || callgrind::count(&program, &profile))?;
    Ok(Group {
        compiler: format!("{}, {}", host_compiler()?, std::env::consts::ARCH),
        figures,
    })
}

fn host_compiler() -> Result<String> {
    let output = Command::new("rustc")
        .arg("--version")
        .output()
        .context("cannot run rustc")?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

fn sizes(root: &Path, files: &[&str]) -> Result<Figures> {
    let size = |file: &&str| {
        let path = root.join("extension").join(file);
        let data = fs::metadata(path).with_context(|| format!("extension/{file}: run `cargo xtask build`"))?;
        Ok(((*file).to_owned(), data.len()))
    };
    files.iter().map(size).collect()
}

fn packages(root: &Path) -> Result<Figures> {
    let size = |(name, browser)| {
        Ok((
            format!("package for {name}"),
            package::archive(root, browser)?.len() as u64,
        ))
    };
    [("Chrome", Browser::Chrome), ("Firefox", Browser::Firefox)]
        .into_iter()
        .map(size)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(compiler: &str, figures: &[(&str, u64)]) -> Group {
        Group {
            compiler: compiler.to_owned(),
            figures: figures
                .iter()
                .map(|&(name, figure)| (name.to_owned(), figure))
                .collect(),
        }
    }

    #[test]
    fn seven_in_a_hundred_are_tolerated() {
        let budget = 1000;
        assert_eq!(Verdict::of(1070, budget), Verdict::Within { figure: 1070, budget });
        assert_eq!(Verdict::of(1071, budget), Verdict::Over { figure: 1071, budget });
        assert_eq!(Verdict::of(930, budget), Verdict::Within { figure: 930, budget });
        assert_eq!(Verdict::of(929, budget), Verdict::Under { figure: 929, budget });
    }

    #[test]
    fn what_is_new_or_gone_is_told() {
        let verdicts = group("rustc 1", &[("gone", 1)]).judge(&group("rustc 1", &[("new", 2)]));
        let expected = [("new", Verdict::NoBudget(2)), ("gone", Verdict::NotMeasured)];
        assert_eq!(verdicts, expected.map(|(name, verdict)| (name.to_owned(), verdict)));
    }

    #[test]
    fn another_compilers_code_is_not_judged() {
        for measured in [group("rustc 2", &[("deciding", 99)]), Group::default()] {
            let verdicts = group("rustc 1", &[("deciding", 1)]).judge(&measured);
            assert!(
                matches!(verdicts.as_slice(), [(_, Verdict::Skipped(_))]),
                "{verdicts:?}"
            );
        }
    }

    #[test]
    fn an_update_keeps_what_could_not_be_measured() {
        let mut budgets = Budgets {
            instructions: group("rustc 1", &[("deciding", 1)]),
            files: group("", &[("image", 1)]),
            ..Budgets::default()
        };
        budgets.take(Budgets {
            files: group("", &[("image", 2)]),
            ..Budgets::default()
        });
        assert_eq!(budgets.instructions, group("rustc 1", &[("deciding", 1)]));
        assert_eq!(budgets.files, group("", &[("image", 2)]));
    }
}
