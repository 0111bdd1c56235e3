//! Fetches the words of songs from LRCLIB, by WASI HTTP.

mod fetch;

use serde::Deserialize;
use wasm_plugin::abi::config;

wit_bindgen::generate!({ path: "wit", world: "lyrics", generate_all });

const DEFAULT_SERVER: &str = "https://lrclib.net";

/// The part of the server's answer that is used.
#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "plainLyrics")]
    plain_lyrics: Option<String>,
}

struct Plugin;

impl Guest for Plugin {
    fn find(artist: String, title: String) -> Result<String, Failure> {
        let server = config::get("server").unwrap_or_else(|| DEFAULT_SERVER.to_string());
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("artist_name", &artist)
            .append_pair("track_name", &title)
            .finish();
        let (status, body) =
            fetch::get(&server, &format!("/api/get?{query}")).map_err(Failure::Unreachable)?;
        match status {
            200 => {}
            404 => return Err(Failure::NotFound),
            _ => return Err(Failure::Unreachable(format!("the server answers with status {status}"))),
        }
        let answer: Answer = serde_json::from_slice(&body)
            .map_err(|_| Failure::Unreachable("the server's answer cannot be read".to_string()))?;
        answer.plain_lyrics.filter(|words| !words.is_empty()).ok_or(Failure::NotFound)
    }
}

export!(Plugin);
