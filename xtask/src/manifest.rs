//! One manifest in the repository, one a browser in the packages: each store warns about what it does not know.

use anyhow::{Context, Result};
use serde_json::Value;

/// A browser family that has its own package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chrome, Chromium, Edge and the others built on it.
    Chrome,
    /// Firefox, on desktops and Android.
    Firefox,
}

impl Browser {
    /// `detick-chrome-1.2.3.zip` or `detick-firefox-1.2.3.xpi`.
    pub fn archive_name(self, version: &str) -> String {
        match self {
            Self::Chrome => format!("detick-chrome-{version}.zip"),
            Self::Firefox => format!("detick-firefox-{version}.xpi"),
        }
    }

    /// Keys that only the other browser understands, as paths into the manifest.
    fn foreign_keys(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Chrome => &[&["background", "scripts"], &["browser_specific_settings"]],
            Self::Firefox => &[
                &["background", "service_worker"],
                &["minimum_chrome_version"],
                &["storage"], // its policies come without a schema
            ],
        }
    }

    /// Permissions that only the other browser understands.
    fn foreign_permissions(self) -> &'static [&'static str] {
        match self {
            Self::Chrome => &["webRequestBlocking"], // Chrome grants it to policy-installed extensions alone
            Self::Firefox => &["offscreen"],
        }
    }
}

/// The extension's version: the manifest is its only place.
///
/// # Errors
/// When the manifest has none.
pub fn version(manifest: &Value) -> Result<&str> {
    manifest["version"]
        .as_str()
        .context("extension/manifest.json has no version")
}

/// The manifest without what `browser` does not know.
pub fn for_browser(mut manifest: Value, browser: Browser) -> Value {
    for path in browser.foreign_keys() {
        remove(&mut manifest, path);
    }
    for list in ["permissions", "optional_permissions"] {
        if let Some(permissions) = manifest.get_mut(list).and_then(Value::as_array_mut) {
            permissions.retain(|name| !browser.foreign_permissions().iter().any(|foreign| name == foreign));
        }
    }
    if browser == Browser::Firefox {
        let resources = manifest
            .get_mut("web_accessible_resources")
            .and_then(Value::as_array_mut);
        for group in resources.into_iter().flatten() {
            remove(group, &["use_dynamic_url"]); // Firefox's addresses are random for each installation anyway
        }
    }
    manifest
}

fn remove(value: &mut Value, path: &[&str]) {
    let Some((last, parents)) = path.split_last() else {
        return;
    };
    let parent = parents.iter().try_fold(value, |value, key| value.get_mut(key));
    if let Some(object) = parent.and_then(Value::as_object_mut) {
        object.remove(*last);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shared() -> Value {
        json!({
            "version": "1.2.3",
            "minimum_chrome_version": "123",
            "browser_specific_settings": { "gecko": { "id": "detick@detick" } },
            "permissions": ["offscreen", "storage", "webRequest", "webRequestBlocking"],
            "background": { "service_worker": "background.js", "scripts": ["background.js"], "type": "module" },
            "web_accessible_resources": [{ "resources": ["surrogates/*"], "use_dynamic_url": true }],
        })
    }

    #[test]
    fn chrome_gets_what_chrome_knows() {
        let expected = json!({
            "version": "1.2.3",
            "minimum_chrome_version": "123",
            "permissions": ["offscreen", "storage", "webRequest"],
            "background": { "service_worker": "background.js", "type": "module" },
            "web_accessible_resources": [{ "resources": ["surrogates/*"], "use_dynamic_url": true }],
        });
        assert_eq!(for_browser(shared(), Browser::Chrome), expected);
    }

    #[test]
    fn firefox_gets_what_firefox_knows() {
        let expected = json!({
            "version": "1.2.3",
            "browser_specific_settings": { "gecko": { "id": "detick@detick" } },
            "permissions": ["storage", "webRequest", "webRequestBlocking"],
            "background": { "scripts": ["background.js"], "type": "module" },
            "web_accessible_resources": [{ "resources": ["surrogates/*"] }],
        });
        assert_eq!(for_browser(shared(), Browser::Firefox), expected);
    }

    #[test]
    fn a_manifest_without_those_keys_stays_as_it_is() {
        let plain = json!({ "version": "1.2.3" });
        assert_eq!(for_browser(plain.clone(), Browser::Chrome), plain);
        assert_eq!(for_browser(plain.clone(), Browser::Firefox), plain);
    }

    #[test]
    fn a_manifest_needs_a_version() {
        assert_eq!(version(&shared()).unwrap(), "1.2.3");
        assert!(version(&json!({})).is_err());
    }
}
