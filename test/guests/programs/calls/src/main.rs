//! Makes the calls of `wasi:filesystem` that its standard input lists, one a line, and prints what each returned. Descriptors
//! have numbers in the order in which they were opened; 0 is the first granted folder that is not "/".

use std::io::{self, BufRead, Write};
use wasi::filesystem::preopens::get_directories;
use wasi::filesystem::types::{
    Descriptor, DescriptorFlags, DescriptorStat, DescriptorType, ErrorCode, NewTimestamp, OpenFlags, PathFlags,
};
use wasi::io::streams::StreamError;

fn main() {
    let root = get_directories().into_iter().filter(|(_, path)| path != "/").next_back();
    let mut calls = Calls { open: vec![root.map(|(descriptor, _)| descriptor)] };
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line.expect("text");
        let words: Vec<&str> = line.split('\t').collect();
        let result = match calls.run(&words) {
            Ok(value) => value,
            Err(code) => format!("<{}>", code.name()),
        };
        writeln!(out, "{line}\t-> {result}").expect("a line");
    }
}

struct Calls {
    open: Vec<Option<Descriptor>>,
}

impl Calls {
    fn run(&mut self, words: &[&str]) -> Result<String, ErrorCode> {
        let word = |at: usize| *words.get(at).unwrap_or(&"");
        let number = |at: usize| word(at).parse::<u64>().unwrap_or(0);
        if word(0) == "close" {
            if let Some(slot) = self.open.get_mut(number(1) as usize) {
                *slot = None;
            }
            return Ok("ok".into());
        }
        let get = |at: usize| {
            let index = number(at) as usize;
            self.open.get(index).and_then(Option::as_ref).ok_or(ErrorCode::BadDescriptor)
        };
        let it = get(1)?;
        let done = |result: Result<(), ErrorCode>| result.map(|()| "ok".to_string());
        match word(0) {
            "open" => {
                let opened = it.open_at(follow(word(2)), word(3), open_flags(word(4)), flags(word(5)))?;
                self.open.push(Some(opened));
                Ok(format!("descriptor {}", self.open.len() - 1))
            }
            "stat" => it.stat().map(describe),
            "stat-at" => it.stat_at(follow(word(2)), word(3)).map(describe),
            "type" => it.get_type().map(|kind| name_of(kind).to_string()),
            "mkdir" => done(it.create_directory_at(word(2))),
            "rmdir" => done(it.remove_directory_at(word(2))),
            "unlink" => done(it.unlink_file_at(word(2))),
            "rename" => done(it.rename_at(word(2), get(3)?, word(4))),
            "link" => done(it.link_at(follow(word(5)), word(2), get(3)?, word(4))),
            "symlink" => done(it.symlink_at(word(2), word(3))),
            "readlink" => it.readlink_at(word(2)),
            "read" => {
                let (bytes, end) = it.read(number(2), number(3))?;
                Ok(format!("{} {end}", bytes.escape_ascii()))
            }
            "write" => it.write(word(2).as_bytes(), number(3)).map(|count| count.to_string()),
            "append" => {
                let stream = it.append_via_stream()?;
                done(stream.blocking_write_and_flush(word(2).as_bytes()).map_err(code_of))
            }
            "stream-read" => {
                let stream = it.read_via_stream(number(3))?;
                match stream.blocking_read(number(2)) {
                    Ok(bytes) => Ok(bytes.escape_ascii().to_string()),
                    Err(StreamError::Closed) => Ok("<closed>".into()),
                    Err(error) => Err(code_of(error)),
                }
            }
            "set-size" => done(it.set_size(number(2))),
            "set-times" => done(it.set_times(time(word(2)), time(word(3)))),
            "set-times-at" => {
                done(it.set_times_at(follow(word(2)), word(3), time(word(4)), time(word(5))))
            }
            "sync" => done(it.sync()),
            "sync-data" => done(it.sync_data()),
            "list" => {
                let entries = it.read_directory()?;
                let mut names = Vec::new();
                while let Some(entry) = entries.read_directory_entry()? {
                    names.push(format!("{}:{}", entry.name, name_of(entry.type_)));
                }
                names.sort();
                Ok(names.join(" "))
            }
            "same" => Ok(it.is_same_object(get(2)?).to_string()),
            other => Ok(format!("no call {other}")),
        }
    }
}

fn describe(stat: DescriptorStat) -> String {
    let size = if stat.type_ == DescriptorType::Directory { 0 } else { stat.size };
    format!("{} {size}", name_of(stat.type_))
}

fn name_of(kind: DescriptorType) -> &'static str {
    match kind {
        DescriptorType::Directory => "directory",
        DescriptorType::RegularFile => "regular-file",
        DescriptorType::SymbolicLink => "symbolic-link",
        _ => "other",
    }
}

fn follow(word: &str) -> PathFlags {
    if word == "follow" { PathFlags::SYMLINK_FOLLOW } else { PathFlags::empty() }
}

fn open_flags(word: &str) -> OpenFlags {
    let mut flags = OpenFlags::empty();
    for letter in word.chars() {
        flags |= match letter {
            'c' => OpenFlags::CREATE,
            'd' => OpenFlags::DIRECTORY,
            'x' => OpenFlags::EXCLUSIVE,
            't' => OpenFlags::TRUNCATE,
            _ => OpenFlags::empty(),
        };
    }
    flags
}

fn flags(word: &str) -> DescriptorFlags {
    let mut flags = DescriptorFlags::empty();
    for letter in word.chars() {
        flags |= match letter {
            'r' => DescriptorFlags::READ,
            'w' => DescriptorFlags::WRITE,
            'm' => DescriptorFlags::MUTATE_DIRECTORY,
            _ => DescriptorFlags::empty(),
        };
    }
    flags
}

/** `now`, `keep`, or seconds and nanoseconds with a dot between. */
fn time(word: &str) -> NewTimestamp {
    match word {
        "now" => NewTimestamp::Now,
        "keep" => NewTimestamp::NoChange,
        _ => {
            let (seconds, nanoseconds) = word.split_once('.').unwrap_or((word, "0"));
            NewTimestamp::Timestamp(wasi::filesystem::types::Datetime {
                seconds: seconds.parse().unwrap_or(0),
                nanoseconds: nanoseconds.parse().unwrap_or(0),
            })
        }
    }
}

fn code_of(error: StreamError) -> ErrorCode {
    match error {
        StreamError::Closed => ErrorCode::Pipe,
        StreamError::LastOperationFailed(error) => {
            wasi::filesystem::types::filesystem_error_code(&error).unwrap_or(ErrorCode::Io)
        }
    }
}
