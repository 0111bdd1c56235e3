//! Files, through `std::fs`.

use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};

pub fn attempt(words: &[&str]) -> Option<Result<String, String>> {
    Some(match *words {
        ["read", path] => fs::read_to_string(path).map_err(say),
        ["write", path, text] => fs::write(path, text).map(done).map_err(say),
        ["append", path, text] => append(path, text).map(done).map_err(say),
        ["tail", path, from] => tail(path, from.parse().unwrap_or(0)).map_err(say),
        ["list", path] => list(path).map_err(say),
        ["stat", path] => fs::metadata(path).map(|found| describe(&found)).map_err(say),
        ["lstat", path] => fs::symlink_metadata(path).map(|found| describe(&found)).map_err(say),
        ["mkdir", path] => fs::create_dir(path).map(done).map_err(say),
        ["rmdir", path] => fs::remove_dir(path).map(done).map_err(say),
        ["remove", path] => fs::remove_file(path).map(done).map_err(say),
        ["rename", from, to] => fs::rename(from, to).map(done).map_err(say),
        ["link", from, to] => fs::hard_link(from, to).map(done).map_err(say),
        ["readlink", path] => fs::read_link(path).map(|to| to.display().to_string()).map_err(say),
        ["symlink", target, path] => symlink(target, path),
        ["hold", path, count] => hold(path, count.parse().unwrap_or(0)).map_err(say),
        _ => return None,
    })
}

fn append(path: &str, text: &str) -> std::io::Result<()> {
    fs::OpenOptions::new().append(true).open(path)?.write_all(text.as_bytes())
}

fn tail(path: &str, from: u64) -> std::io::Result<String> {
    let mut file = fs::File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok(text)
}

fn list(path: &str) -> std::io::Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names.join(" "))
}

fn hold(path: &str, count: usize) -> std::io::Result<String> {
    let mut held = Vec::new();
    for _ in 0..count {
        held.push(fs::File::open(path)?);
    }
    Ok(held.len().to_string())
}

/// The standard library has no stable function for it.
fn symlink(target: &str, path: &str) -> Result<String, String> {
    let (root, name) = crate::files::root_of(path)?;
    root.symlink_at(target, &name).map(done).map_err(|code| code.name().to_owned())
}

/// Asks the host for the folder that a path is in, without the library in between.
pub fn root_of(path: &str) -> Result<(wasip2::filesystem::types::Descriptor, String), String> {
    wasip2::filesystem::preopens::get_directories()
        .into_iter()
        .filter_map(|(root, prefix)| {
            Some((root, path.strip_prefix(&prefix)?.trim_start_matches('/').to_owned()))
        })
        .min_by_key(|(_, rest)| rest.len())
        .ok_or_else(|| "no folder".to_owned())
}

fn describe(found: &fs::Metadata) -> String {
    let kind = if found.is_dir() {
        "folder"
    } else if found.is_symlink() {
        "link"
    } else {
        "file"
    };
    format!("{kind} of {} bytes", found.len())
}

fn done(_: ()) -> String {
    "done".to_owned()
}

fn say(error: std::io::Error) -> String {
    error.to_string()
}
