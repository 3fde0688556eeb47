//! dist/extension/ -> dist/: one archive a browser, the same bytes each time.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::manifest::{self, Browser};

/// The extension as browsers load it: what `join` writes.
const JOINED: &str = "dist/extension";

/// What an extension is made of. Anything else in the folder is there by mistake, and a person should look at it.
const KINDS: [&str; 11] = [
    "bin", "css", "gif", "html", "js", "json", "png", "svg", "txt", "wasm", "woff2",
];

/// Writes an archive for each browser into `root/dist` and returns their paths.
///
/// # Errors
/// When a file of the extension is missing, unexpected or unreadable, or `dist` cannot be written.
pub fn write(root: &Path) -> Result<Vec<PathBuf>> {
    let dist = root.join("dist");
    fs::create_dir_all(&dist).with_context(|| format!("cannot create {}", dist.display()))?;
    let manifest = read_manifest(&root.join(JOINED))?;
    let version = manifest::version(&manifest)?;
    let mut written = Vec::new();
    for browser in [Browser::Chrome, Browser::Firefox] {
        let path = dist.join(browser.archive_name(version));
        fs::write(&path, archive(root, browser)?).with_context(|| format!("cannot write {}", path.display()))?;
        written.push(path);
    }
    Ok(written)
}

/// The archive's bytes: the files by name, no dates, the manifest without what the other browser needs, our licence.
///
/// # Errors
/// When a file of the extension is missing, unexpected or unreadable.
pub fn archive(root: &Path, browser: Browser) -> Result<Vec<u8>> {
    let extension = root.join(JOINED);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for name in shipped_files(&extension)? {
        zip.start_file(&name, options)?;
        if name == "manifest.json" {
            zip.write_all(&manifest(root, browser)?)?;
        } else {
            zip.write_all(&fs::read(extension.join(&name))?)?;
        }
    }
    zip.start_file("LICENSE", options)?;
    zip.write_all(&fs::read(root.join("LICENSE"))?)?;
    Ok(zip.finish()?.into_inner())
}

/// The manifest as it goes into a browser's archive.
///
/// # Errors
/// When the extension's `manifest.json` cannot be read.
pub fn manifest(root: &Path, browser: Browser) -> Result<Vec<u8>> {
    let shared = read_manifest(&root.join(JOINED))?;
    Ok(serde_json::to_vec_pretty(&manifest::for_browser(shared, browser))?)
}

fn read_manifest(extension: &Path) -> Result<Value> {
    let path = extension.join("manifest.json");
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| path.display().to_string())
}

/// Paths below `extension`, sorted, with `/` between their parts.
fn shipped_files(extension: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    collect(extension, "", &mut names)?;
    names.sort();
    Ok(names)
}

fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), names)?;
        } else if is_shipped(&name)? {
            names.push(name);
        }
    }
    Ok(())
}

/// Type declarations and hidden files help only those who write the extension, and `_metadata` is where Chromium keeps
/// its index of the rules when it loads the folder unpacked.
fn is_shipped(name: &str) -> Result<bool> {
    let path = Path::new(name);
    let is_hidden = path
        .file_name()
        .is_some_and(|file| file.as_encoded_bytes().starts_with(b"."));
    if is_hidden || name.ends_with(".d.ts") || path.starts_with("_metadata") {
        return Ok(false);
    }
    if !path
        .extension()
        .is_some_and(|kind| KINDS.iter().any(|known| kind == *known))
    {
        bail!(
            "{JOINED}/{name} is not a kind of file that an extension is made of: remove it, or add its kind to package.rs"
        );
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::env;
    use std::io::Read;
    use std::process;
    use std::time::{Duration, SystemTime};

    use serde_json::json;
    use zip::ZipArchive;

    use super::*;

    /// A repository in a folder of its own, gone when dropped.
    struct Repository(PathBuf);

    impl Repository {
        fn new(name: &str) -> Self {
            let root = env::temp_dir().join(format!("detick-package-{}-{name}", process::id()));
            let repository = Self(root);
            repository.add("LICENSE", "the licence");
            repository.add("dist/extension/manifest.json", &manifest().to_string());
            repository.add("dist/extension/background.js", "// wiring");
            repository.add("dist/extension/wasm/detick_bg.wasm", "module");
            repository.add("dist/extension/wasm/detick.d.ts", "types");
            repository.add("dist/extension/.stamp", "hidden");
            repository.add(
                "dist/extension/_metadata/generated_indexed_rulesets/_ruleset1",
                "Chromium's",
            );
            repository
        }

        fn add(&self, name: &str, text: &str) {
            let path = self.0.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    impl Drop for Repository {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    fn manifest() -> Value {
        json!({
            "version": "1.2.3",
            "background": { "service_worker": "background.js", "scripts": ["background.js"] },
        })
    }

    fn unpack(archive: Vec<u8>) -> BTreeMap<String, String> {
        let mut zip = ZipArchive::new(Cursor::new(archive)).unwrap();
        let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
        let read = |name: String| {
            let mut text = String::new();
            zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
            (name, text)
        };
        names.into_iter().map(read).collect()
    }

    #[test]
    fn two_folders_and_other_dates_give_the_same_bytes() {
        let (one, two) = (Repository::new("one"), Repository::new("two"));
        let file = fs::File::options()
            .write(true)
            .open(two.0.join("dist/extension/background.js"))
            .unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(86_400))
            .unwrap();
        for browser in [Browser::Chrome, Browser::Firefox] {
            assert_eq!(archive(&one.0, browser).unwrap(), archive(&two.0, browser).unwrap());
        }
    }

    #[test]
    fn an_archive_holds_the_extension_and_the_licence_only() {
        let files = unpack(archive(&Repository::new("files").0, Browser::Chrome).unwrap());
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            ["LICENSE", "background.js", "manifest.json", "wasm/detick_bg.wasm"]
        );
        assert_eq!(files["background.js"], "// wiring");
    }

    #[test]
    fn archives_are_named_by_browser_and_version() {
        let repository = Repository::new("names");
        let written = write(&repository.0).unwrap();
        let dist = repository.0.join("dist");
        assert_eq!(
            written,
            [
                dist.join("detick-chrome-1.2.3.zip"),
                dist.join("detick-firefox-1.2.3.xpi")
            ]
        );
        assert!(written.iter().all(|path| path.is_file()));
    }

    #[test]
    fn each_archive_has_its_browsers_manifest() {
        let repository = Repository::new("manifests");
        for (browser, kept, dropped) in [
            (Browser::Chrome, "service_worker", "scripts"),
            (Browser::Firefox, "scripts", "service_worker"),
        ] {
            let files = unpack(archive(&repository.0, browser).unwrap());
            let manifest: Value = serde_json::from_str(&files["manifest.json"]).unwrap();
            assert!(manifest["background"].get(kept).is_some());
            assert!(manifest["background"].get(dropped).is_none());
        }
    }

    #[test]
    fn a_file_that_does_not_belong_is_named() {
        let repository = Repository::new("stray");
        repository.add("dist/extension/popup/page.js.orig", "left by a merge");
        let error = archive(&repository.0, Browser::Chrome).unwrap_err().to_string();
        assert!(error.contains("dist/extension/popup/page.js.orig"), "{error}");
    }
}
