//! The one place that chooses which Rust compiles to WebAssembly, and says how it is called.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The only target: browsers run nothing else.
pub const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_SOURCE: &str = "/usr/lib/rustlib/src/rust/library";

/// A Rust that can compile to WebAssembly.
#[derive(Debug)]
pub enum Toolchain {
    /// The Rust that runs this program has the standard library for wasm (`rustup target add`).
    Installed,
    /// Debian's Rust has none, but its source is packaged: cargo builds the library along with us.
    Debian {
        /// LLVM's linker, which Debian names by its version.
        linker: PathBuf,
    },
}

impl Toolchain {
    /// Looks for the installed target first: it spares building the standard library.
    ///
    /// # Errors
    /// When neither is there; the message says what to install.
    pub fn find() -> Result<Self> {
        if installed_library()?.is_dir() {
            return Ok(Self::Installed);
        }
        match debian_linker() {
            Some(linker)
                if [DEBIAN_RUSTC, DEBIAN_CARGO, DEBIAN_SOURCE]
                    .iter()
                    .all(|path| Path::new(path).exists()) =>
            {
                Ok(Self::Debian { linker })
            }
            _ => bail!(
                "no Rust for {TARGET}: run `rustup target add {TARGET}`, or on Debian \
                 `apt-get install rustc-web cargo-web rust-web-src lld-22` (`npm start` and `npm test` do so by themselves)"
            ),
        }
    }

    /// What its compiler calls itself.
    ///
    /// # Errors
    /// When it does not run.
    pub fn version(&self) -> Result<String> {
        let rustc = match self {
            Self::Installed => "rustc",
            Self::Debian { .. } => DEBIAN_RUSTC,
        };
        let output = Command::new(rustc).arg("--version").output();
        Ok(String::from_utf8(output.context("cannot run rustc")?.stdout)?
            .trim()
            .to_owned())
    }

    /// `cargo SUBCOMMAND --target wasm32-unknown-unknown`, with no path of this machine in what it compiles.
    ///
    /// # Errors
    /// When the folder of cargo's registry is unknown.
    pub fn cargo(&self, subcommand: &str, root: &Path) -> Result<Command> {
        let mut cargo = match self {
            Self::Installed => Command::new("cargo"),
            Self::Debian { linker } => debian_cargo(linker),
        };
        cargo.current_dir(root).env("CARGO_ENCODED_RUSTFLAGS", flags(root)?);
        cargo
            .args([subcommand, "--target", TARGET, "--target-dir"])
            .arg(root.join("target"));
        if let Self::Debian { .. } = self {
            cargo.args(["-Z", "build-std=std,panic_abort"]);
        }
        Ok(cargo)
    }
}

fn debian_cargo(linker: &Path) -> Command {
    let mut cargo = Command::new(DEBIAN_CARGO);
    cargo.env("RUSTC", DEBIAN_RUSTC).env("RUSTC_BOOTSTRAP", "1"); // build-std is a nightly option
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    cargo
        .env_remove("RUSTC_WRAPPER")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("LD_LIBRARY_PATH");
    cargo
}

/// Where the running Rust keeps, or would keep, its standard library for wasm.
fn installed_library() -> Result<PathBuf> {
    let rustc = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    let printed = rustc.context("cannot run rustc")?.stdout;
    Ok(PathBuf::from(String::from_utf8(printed)?.trim()))
}

/// The newest `wasm-ld-N`: an older LLVM may not read the objects of a newer rustc.
fn debian_linker() -> Option<PathBuf> {
    let version = |path: &PathBuf| {
        path.file_name()?
            .to_str()?
            .strip_prefix("wasm-ld-")?
            .parse::<u32>()
            .ok()
    };
    let files = fs::read_dir("/usr/bin")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()));
    files.filter(|path| version(path).is_some()).max_by_key(version)
}

/// Sixteen bytes at a time: browsers have had it since 2021. And panic messages carry file names: the same names in
/// every folder keep the bytes the same.
fn flags(root: &Path) -> Result<OsString> {
    let home = || Some(env::home_dir()?.join(".cargo"));
    let cargo_home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(home)
        .context("neither CARGO_HOME nor HOME is set")?;
    let source = fs::canonicalize(DEBIAN_SOURCE).unwrap_or_else(|_| PathBuf::from(DEBIAN_SOURCE));
    let mut flags = OsString::from("-Ctarget-feature=+simd128");
    for (from, to) in [
        (root, "/detick"),
        (&cargo_home, "/cargo"),
        (&source, "/rust"),
        (Path::new(DEBIAN_SOURCE), "/rust"),
    ] {
        flags.push("\u{1f}--remap-path-prefix=");
        flags.push(from);
        flags.push("=");
        flags.push(to);
    }
    Ok(flags)
}
