//! Does one thing with files, by crates that people use, and prints what came of it: `rt COMMAND PATH…`.

mod archives;
mod files;
mod texts;

use std::error::Error;
use std::process::ExitCode;

pub type Outcome = Result<(), Box<dyn Error>>;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match words.split_first() {
        Some((&"exit", [status])) => std::process::exit(status.parse().unwrap_or(0)),
        Some((&"panic", _)) => panic!("as asked"),
        Some((&"abort", _)) => std::process::abort(),
        Some((command, rest)) => files::run(command, rest)
            .or_else(|| archives::run(command, rest))
            .or_else(|| texts::run(command, rest))
            .unwrap_or_else(|| Err(format!("no command {command}").into())),
        None => Err("no command".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rt: {error}");
            ExitCode::from(3)
        }
    }
}
