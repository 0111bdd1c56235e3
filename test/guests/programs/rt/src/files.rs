//! The standard library, and crates that walk folders.

use crate::Outcome;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

pub fn run(command: &str, args: &[&str]) -> Option<Outcome> {
    Some(match (command, args) {
        ("walk", [root]) => walk(root, false),
        ("walk-links", [root]) => walk(root, true),
        ("ignore", [root]) => ignored(root),
        ("glob", [root, pattern]) => glob(root, pattern),
        ("copy", [from, to]) => copy(Path::new(from), Path::new(to)),
        ("make", [root]) => make(Path::new(root)),
        ("errors", [root]) => errors(Path::new(root)),
        ("exclusive", [path]) => exclusive(path),
        ("seek", [path]) => seek(path),
        ("many", [root, count]) => many(Path::new(root), count.parse().unwrap_or(0)),
        ("big", [path, mib]) => big(path, mib.parse().unwrap_or(0)),
        ("exists", paths) => exists(paths),
        ("temp", [root]) => temp(root),
        ("remove", [root]) => fs::remove_dir_all(root).map_err(Into::into),
        ("sync", [root]) => sync(Path::new(root)),
        ("cat", paths) => cat(paths),
        ("env", _) => env(),
        _ => return None,
    })
}

fn walk(root: &str, follow: bool) -> Outcome {
    for entry in walkdir::WalkDir::new(root).follow_links(follow).sort_by_file_name() {
        match entry {
            Ok(entry) => {
                let kind = entry.file_type();
                let size = if kind.is_file() { entry.metadata()?.len() } else { 0 };
                println!("{} {} {size}", entry.path().display(), name_of(kind));
            }
            Err(error) => println!("{:?} {:?}", error.path(), error.io_error().map(|error| error.kind())),
        }
    }
    Ok(())
}

fn name_of(kind: fs::FileType) -> &'static str {
    if kind.is_symlink() {
        "link"
    } else if kind.is_dir() {
        "folder"
    } else {
        "file"
    }
}

fn ignored(root: &str) -> Outcome {
    let mut found: Vec<String> = ignore::WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        .build()
        .filter_map(Result::ok)
        .map(|entry| entry.path().display().to_string())
        .collect();
    found.sort();
    println!("{}", found.join("\n"));
    Ok(())
}

fn glob(root: &str, pattern: &str) -> Outcome {
    let matcher = globset::Glob::new(pattern)?.compile_matcher();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry?;
        if matcher.is_match(entry.path()) {
            println!("{}", entry.path().display());
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else if entry.file_type()?.is_file() {
            println!("{} bytes", fs::copy(entry.path(), target)?);
        }
    }
    Ok(())
}

fn make(root: &Path) -> Outcome {
    fs::create_dir_all(root.join("deep/er/est"))?;
    fs::write(root.join("deep/file"), "content\n")?;
    OpenOptions::new().append(true).open(root.join("deep/file"))?.write_all(b"more\n")?;
    fs::rename(root.join("deep/file"), root.join("deep/er/moved"))?;
    fs::hard_link(root.join("deep/er/moved"), root.join("deep/hard"))?;
    fs::write(root.join("übermäßig 📁"), "name")?;
    File::options().write(true).open(root.join("deep/hard"))?.set_len(4)?;
    println!("{:?}", fs::read_to_string(root.join("deep/er/moved"))?);
    let mut names: Vec<_> = fs::read_dir(root)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<_, _>>()?;
    names.sort();
    println!("{names:?}");
    Ok(())
}

fn errors(root: &Path) -> Outcome {
    fs::write(root.join("file"), "x")?;
    fs::create_dir_all(root.join("full/inner"))?;
    let kind = |what: &str, result: std::io::Result<()>| {
        println!("{what}: {}", result.map_or_else(|error| format!("{error}"), |()| "fine".to_owned()));
    };
    kind("read none", fs::read(root.join("none")).map(drop));
    kind("read folder", fs::read(root.join("full")).map(drop));
    kind("write folder", fs::write(root.join("full"), "x"));
    kind("list file", fs::read_dir(root.join("file")).map(drop));
    kind("below file", fs::read(root.join("file/x")).map(drop));
    kind("rmdir full", fs::remove_dir(root.join("full")));
    kind("rmdir file", fs::remove_dir(root.join("file")));
    kind("unlink folder", fs::remove_file(root.join("full")));
    kind("mkdir there", fs::create_dir(root.join("full")));
    kind("mkdir deep", fs::create_dir(root.join("no/ne")));
    kind("rename none", fs::rename(root.join("none"), root.join("x")));
    kind("rename onto full", fs::rename(root.join("file"), root.join("full")));
    kind("rename slash", fs::rename(root.join("file"), root.join("other/")));
    kind("link there", fs::hard_link(root.join("file"), root.join("full")));
    kind("read link", fs::read_link(root.join("file")).map(drop));
    kind("long name", fs::write(root.join("n".repeat(300)), "x"));
    kind("empty name", fs::read("").map(drop));
    kind("new there", File::create_new(root.join("file")).map(drop));
    kind("write read-only", File::open(root.join("file")).and_then(|mut file| file.write_all(b"y")));
    Ok(())
}

fn exclusive(path: &str) -> Outcome {
    match File::create_new(path) {
        Ok(mut file) => file.write_all(b"made").map_err(Into::into),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            println!("already there");
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

fn seek(path: &str) -> Outcome {
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    file.seek(SeekFrom::Start(100_000))?;
    file.write_all(b"end")?;
    file.seek(SeekFrom::End(-5))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    println!("{tail:?} {}", file.metadata()?.len());
    Ok(())
}

fn many(root: &Path, count: usize) -> Outcome {
    fs::create_dir_all(root)?;
    for index in 0..count {
        fs::write(root.join(format!("{index:05}")), index.to_string())?;
    }
    let total: u64 = fs::read_dir(root)?.map(|entry| entry.and_then(|entry| entry.metadata()).map_or(0, |data| data.len())).sum();
    println!("{count} files of {total} bytes");
    Ok(())
}

fn big(path: &str, mib: usize) -> Outcome {
    let mut file = File::create(path)?;
    let block: Vec<u8> = (0..1 << 20).map(|at: usize| (at * 31 >> 3) as u8).collect();
    for _ in 0..mib {
        file.write_all(&block)?;
    }
    let sum: u64 = fs::read(path)?.iter().map(|byte| u64::from(*byte)).sum();
    println!("{sum}");
    Ok(())
}

fn exists(paths: &[&str]) -> Outcome {
    for path in paths {
        println!("{path}: {:?}", fs::exists(path).map_err(|error| error.kind()));
    }
    Ok(())
}

fn temp(root: &str) -> Outcome {
    let mut file = tempfile::NamedTempFile::new_in(root)?;
    file.write_all(b"kept")?;
    file.persist(Path::new(root).join("kept"))?;
    let folder = tempfile::TempDir::new_in(root)?;
    fs::write(folder.path().join("x"), "gone")?;
    folder.close()?;
    println!("{}", fs::read_to_string(Path::new(root).join("kept"))?);
    Ok(())
}

fn sync(root: &Path) -> Outcome {
    fs::write(root.join("synced"), "x")?;
    File::open(root.join("synced"))?.sync_all()?;
    File::open(root.join("synced"))?.sync_data()?;
    println!("synced");
    Ok(())
}

fn cat(paths: &[&str]) -> Outcome {
    for path in paths {
        if *path == "-" {
            std::io::copy(&mut std::io::stdin(), &mut std::io::stdout())?;
        } else {
            std::io::copy(&mut File::open(path)?, &mut std::io::stdout())?;
        }
    }
    Ok(())
}

fn env() -> Outcome {
    let mut variables: Vec<_> = std::env::vars().collect();
    variables.sort();
    println!("{variables:?} {:?}", std::env::args().skip(2).collect::<Vec<_>>());
    Ok(())
}
