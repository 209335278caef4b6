//! What a page brings with it, so that it works offline.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

/// The one style sheet and the one script that a page uses, with the digests by which its policy
/// (Content Security Policy, level 3) lets them and nothing else.
pub(crate) struct Assets {
    pub(crate) style: &'static str,
    pub(crate) script: &'static str,
    pub(crate) style_digest: String,
    pub(crate) script_digest: String,
}

impl Assets {
    pub(crate) fn new(style: &'static str, script: &'static str) -> Self {
        let digest = |text| format!("sha256-{}", STANDARD.encode(Sha256::digest(text)));
        Self {
            style,
            script,
            style_digest: digest(style),
            script_digest: digest(script),
        }
    }
}
