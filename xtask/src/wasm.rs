//! The crate as WebAssembly, in two modules: cargo, then wasm-bindgen's glue, then wasm-opt, into extension/wasm/.

use std::collections::hash_map::DefaultHasher;
use std::fmt;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::progress::step;
use crate::toolchain::{TARGET, Toolchain};

const BINARYEN: &str = "node_modules/binaryen";

/// Every feature here has been in Chromium and Firefox for years; what rustc emits needs no other.
const WASM_OPT_ARGS: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// What is in the names of the functions of Rust's standard library that panic, as they stand in a module. None of them
/// comes back.
const PANICS: [&str; 13] = [
    "9panicking5panic",
    "9panicking9panic_fmt",
    "9panicking13assert_failed",
    "9panicking18panic_bounds_check",
    "17rust_begin_unwind",
    "18handle_alloc_error",
    "7raw_vec12handle_error",
    "slice_index_fail",
    "slice_error_fail",
    "len_mismatch_fail",
    "unwrap_failed",
    "expect_failed",
    "panic_already",
];

/// A WebAssembly module, with its glue: `extension/wasm/NAME.js` and `NAME_bg.wasm`.
struct Module {
    name: &'static str,
    what: &'static str,
    /// The crate's feature that exports it, and the profile that it is built with.
    feature: &'static str,
    /// What it is optimised for.
    level: &'static str,
    /// Whether its glue can begin anew with an empty memory: a module's memory never shrinks.
    can_begin_anew: bool,
}

/// Apart, because every background that wakes needs the first, and few ever the second.
const MODULES: [Module; 2] = [
    Module {
        name: "detick",
        what: "the engine",
        feature: "wasm-engine",
        level: "-O3",
        can_begin_anew: false,
    },
    Module {
        name: "compiler",
        what: "the compiler",
        feature: "wasm-compiler",
        level: "-Os", // its size: nobody waits for it
        can_begin_anew: true,
    },
];

/// What was built, in a line for the terminal.
#[derive(Debug)]
pub struct Report {
    modules: Vec<(&'static str, u64)>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wasm: ")?;
        for (at, (name, bytes)) in self.modules.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}extension/wasm/{name}_bg.wasm {} kB", bytes.div_ceil(1000))?;
        }
        Ok(())
    }
}

/// Writes the modules, their glue and its types into `root/extension/wasm`. Leaves alone what is up to date.
///
/// # Errors
/// When no Rust for wasm is installed, or a step of the build fails.
pub fn build(root: &Path) -> Result<Report> {
    let modules = MODULES.iter().map(|module| Ok((module.name, module.build(root)?)));
    Ok(Report {
        modules: modules.collect::<Result<_>>()?,
    })
}

impl Module {
    /// Gives the finished module's size in bytes.
    fn build(&self, root: &Path) -> Result<u64> {
        let compiled = self.compile(root)?;
        let output = root.join("extension/wasm");
        let finished = output.join(self.file());
        let stamp = root.join(format!("target/wasm-stamp-{}", self.name));
        let wanted = fingerprint(root, &compiled, self.level)?;
        let is_fresh = finished.is_file() && fs::read_to_string(&stamp).is_ok_and(|found| found == wanted);
        if !is_fresh {
            let staged = root.join("target/wasm-staged").join(self.name);
            self.bind(&compiled, &staged)?;
            step("Optimising it", || {
                optimise(root, &staged.join(self.file()), self.level)
            })?;
            publish(&staged, &output)?;
            fs::write(&stamp, wanted)?;
        }
        Ok(fs::metadata(&finished)?.len())
    }

    fn file(&self) -> String {
        format!("{}_bg.wasm", self.name)
    }

    /// As a cdylib by `cargo rustc`: `cargo build` gives no LTO to a crate that is an rlib as well.
    fn compile(&self, root: &Path) -> Result<PathBuf> {
        let mut cargo = Toolchain::find()?.cargo("rustc", root)?;
        cargo.args([
            "--package",
            "detick",
            "--lib",
            "--crate-type",
            "cdylib",
            "--no-default-features",
        ]);
        cargo.args(["--features", self.feature, "--profile", self.feature]);
        eprintln!("Compiling {} to WebAssembly (minutes the first time) …", self.what);
        let status = step("Compiling", || cargo.status());
        ensure!(
            status.context("cannot run cargo")?.success(),
            "{} does not compile to WebAssembly: see above",
            self.what
        );
        Ok(root.join("target").join(TARGET).join(self.feature).join("detick.wasm"))
    }

    fn bind(&self, compiled: &Path, staged: &Path) -> Result<()> {
        if staged.exists() {
            fs::remove_dir_all(staged)?;
        }
        let mut module = walrus::Module::from_file(compiled).context("walrus cannot read the module")?;
        cut_messages(&mut module)?;
        let mut bindgen = Bindgen::new();
        bindgen
            .input_module(self.name, module)
            .out_name(self.name)
            .web(true)?
            .typescript(true)
            .reset_state_function(self.can_begin_anew)
            .remove_producers_section(true)
            .remove_name_section(true);
        bindgen.generate(staged).context("wasm-bindgen cannot make the glue")
    }
}

/// Has what panics trap at once. The browser never shows the message that the standard library would put together
/// first, and a trap is what follows it in any case.
fn cut_messages(module: &mut walrus::Module) -> Result<()> {
    let named = |function: &walrus::Function| {
        let name = function.name.as_deref().unwrap_or_default();
        PANICS.iter().any(|part| name.contains(part))
    };
    let found: Vec<_> = module
        .funcs
        .iter()
        .filter(|function| named(function))
        .map(|function| function.id())
        .collect();
    ensure!(
        !found.is_empty(),
        "no function of the module is called like one that panics"
    );
    for id in found {
        let ty = module.funcs.get(id).ty();
        let (params, results) = module.types.params_results(ty);
        ensure!(results.is_empty(), "what panics gives nothing back");
        let params = params.to_vec();
        let mut body = walrus::FunctionBuilder::new(&mut module.types, &params, &[]);
        body.func_body().unreachable();
        let locals = params.iter().map(|&param| module.locals.add(param)).collect();
        module.funcs.get_mut(id).kind = walrus::FunctionKind::Local(body.local_func(locals));
    }
    Ok(())
}

fn optimise(root: &Path, module: &Path, level: &str) -> Result<()> {
    let wasm_opt = root.join(BINARYEN).join("bin/wasm-opt");
    if !wasm_opt.is_file() {
        bail!("wasm-opt is missing: run `npm ci` (`npm start` and `npm test` do so by themselves)");
    }
    let mut node = Command::new("node");
    let status = node
        .arg(wasm_opt)
        .arg(module)
        .arg("-o")
        .arg(module)
        .arg(level)
        .args(WASM_OPT_ARGS)
        .status();
    ensure!(
        status.context("cannot run node")?.success(),
        "wasm-opt failed: see above"
    );
    Ok(())
}

/// Copies the finished files, so that an interrupted build leaves the previous ones in place.
fn publish(staged: &Path, output: &Path) -> Result<()> {
    fs::create_dir_all(output)?;
    for entry in fs::read_dir(staged)? {
        let entry = entry?;
        fs::copy(entry.path(), output.join(entry.file_name()))?;
    }
    Ok(())
}

/// Changes when anything that `bind` and `optimise` read does.
fn fingerprint(root: &Path, compiled: &Path, level: &str) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    fs::read(compiled).context("cargo left no module")?.hash(&mut hasher);
    fs::read(root.join(BINARYEN).join("package.json"))
        .unwrap_or_default()
        .hash(&mut hasher);
    fs::read(root.join("xtask/Cargo.toml"))?.hash(&mut hasher); // pins wasm-bindgen
    fs::read(root.join("xtask/src/wasm.rs"))?.hash(&mut hasher);
    (level, WASM_OPT_ARGS).hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}
