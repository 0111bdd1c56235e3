//! Tags of songs: ID3 in MP3, WAV and AIFF, Vorbis comments in FLAC.

use std::path::Path;

use claxon::{FlacReader, FlacReaderOptions};
use id3::TagLike;

/// The tags of one song.
#[derive(Default)]
pub struct Tags {
    pub title: Option<String>,
    pub artist: Option<String>,
    pub album: Option<String>,
    pub number: Option<u32>,
    pub seconds: Option<f64>,
}

/// Reads the tags of a song. A song without tags has empty ones; nothing if it is no song, or cannot be read.
pub fn read(path: &Path) -> Option<Tags> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "mp3" | "wav" | "aif" | "aiff" => id3_of(path),
        "flac" => flac_of(path),
        _ => None,
    }
}

fn id3_of(path: &Path) -> Option<Tags> {
    match id3::Tag::read_from_path(path) {
        Ok(tag) => Some(Tags {
            title: tag.title().map(String::from),
            artist: tag.artist().map(String::from),
            album: tag.album().map(String::from),
            number: tag.track(),
            seconds: tag.duration().map(|milliseconds| f64::from(milliseconds) / 1000.0),
        }),
        Err(error) if matches!(error.kind, id3::ErrorKind::NoTag) => Some(Tags::default()),
        Err(_) => None,
    }
}

fn flac_of(path: &Path) -> Option<Tags> {
    let options = FlacReaderOptions { metadata_only: true, read_vorbis_comment: true };
    let reader = FlacReader::open_ext(path, options).ok()?;
    let info = reader.streaminfo();
    let first = |name: &str| reader.get_tag(name).next().map(String::from);
    Some(Tags {
        title: first("title"),
        artist: first("artist"),
        album: first("album"),
        number: first("tracknumber").and_then(|text| text.parse().ok()),
        seconds: info.samples.map(|samples| samples as f64 / f64::from(info.sample_rate)),
    })
}
