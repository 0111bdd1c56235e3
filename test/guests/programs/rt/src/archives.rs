//! Archives, compressed files, databases.

use crate::Outcome;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

pub fn run(command: &str, args: &[&str]) -> Option<Outcome> {
    Some(match (command, args) {
        ("tar", [root, archive]) => pack(root, archive),
        ("untar", [archive, root]) => unpack(archive, root),
        ("zip", [root, archive]) => zip_folder(root, archive),
        ("unzip", [archive, root]) => {
            File::open(archive).map_err(Into::into).and_then(|file| Ok(zip::ZipArchive::new(file)?.extract(root)?))
        }
        ("gzip", [from, to]) => gzip(from, to),
        ("gunzip", [from]) => gunzip(from),
        ("sqlite", [path]) => sqlite(path),
        _ => return None,
    })
}

fn pack(root: &str, archive: &str) -> Outcome {
    let mut builder = tar::Builder::new(File::create(archive)?);
    builder.mode(tar::HeaderMode::Deterministic);
    builder.follow_symlinks(false);
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry?;
        let name = entry.path().strip_prefix(root)?;
        if entry.file_type().is_file() {
            let mut header = tar::Header::new_gnu();
            header.set_size(entry.metadata()?.len());
            header.set_mode(0o644);
            builder.append_data(&mut header, name, File::open(entry.path())?)?;
        }
    }
    builder.finish()?;
    println!("{} bytes", std::fs::metadata(archive)?.len());
    Ok(())
}

fn unpack(archive: &str, root: &str) -> Outcome {
    std::fs::create_dir_all(root)?;
    for entry in tar::Archive::new(File::open(archive)?).entries()? {
        let mut entry = entry?;
        let path = Path::new(root).join(entry.path()?);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::io::copy(&mut entry, &mut File::create(&path)?)?;
        println!("{}", path.display());
    }
    Ok(())
}

fn zip_folder(root: &str, archive: &str) -> Outcome {
    let mut writer = zip::ZipWriter::new(File::create(archive)?);
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(root)?.to_string_lossy().into_owned();
            writer.start_file(name, zip::write::SimpleFileOptions::default())?;
            std::io::copy(&mut File::open(entry.path())?, &mut writer)?;
        }
    }
    writer.finish()?;
    println!("{} bytes", std::fs::metadata(archive)?.len());
    Ok(())
}

fn gzip(from: &str, to: &str) -> Outcome {
    let mut encoder = flate2::write::GzEncoder::new(File::create(to)?, flate2::Compression::default());
    encoder.write_all(&std::fs::read(from)?)?;
    println!("{} bytes", encoder.finish()?.metadata()?.len());
    Ok(())
}

fn gunzip(from: &str) -> Outcome {
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(File::open(from)?).read_to_end(&mut text)?;
    std::io::stdout().write_all(&text)?;
    Ok(())
}

fn sqlite(path: &str) -> Outcome {
    let mut database = rusqlite::Connection::open(path)?;
    database.execute_batch("create table words (id integer primary key, word text unique)")?;
    let transaction = database.transaction()?;
    for index in 0..500 {
        transaction.execute("insert into words (word) values (?1)", [format!("word {}", index * 7919 % 500)])?;
    }
    transaction.commit()?;
    database.execute("delete from words where id % 3 = 0", [])?;
    let sum: i64 = database.query_row("select sum(id * length(word)) from words", [], |row| row.get(0))?;
    let refused = database.execute("insert into words (word) values ('word 7')", []);
    println!("{sum} {:?}", refused.map_err(|error| error.to_string()));
    Ok(())
}
