//! Lists the songs of a folder by the tags in their files.

mod tags;

use std::fs;
use std::io;
use std::path::Path;

wit_bindgen::generate!({ path: "wit", world: "music-folder" });

/// Folders that lie deeper are passed over, so that the stack has an end.
const DEEPEST: usize = 16;

struct Plugin;

impl Guest for Plugin {
    fn tracks(folder: String) -> Result<Vec<Track>, String> {
        let root = Path::new(&folder);
        let mut tracks = Vec::new();
        visit(root, root, &mut tracks).map_err(|error| format!("cannot read \"{folder}\": {error}"))?;
        tracks.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tracks)
    }
}

export!(Plugin);

fn visit(root: &Path, folder: &Path, tracks: &mut Vec<Track>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let below = path.strip_prefix(root).unwrap_or(&path);
        // A link to a folder is none: it may lead to itself.
        if entry.file_type()?.is_dir() {
            if below.components().count() <= DEEPEST {
                // One that cannot be read is passed over.
                let _ = visit(root, &path, tracks);
            }
        } else {
            tracks.extend(tags::read(&path).map(|found| track(below, found)));
        }
    }
    Ok(())
}

fn track(path: &Path, found: tags::Tags) -> Track {
    Track {
        path: path.to_string_lossy().into_owned(),
        title: found
            .title
            .unwrap_or_else(|| path.file_stem().unwrap_or_default().to_string_lossy().into_owned()),
        artist: found.artist,
        album: found.album,
        number: found.number,
        seconds: found.seconds,
    }
}
