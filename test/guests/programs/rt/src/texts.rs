//! Texts: what needs no file, or only reads one.

use crate::Outcome;
use std::fs;

pub fn run(command: &str, args: &[&str]) -> Option<Outcome> {
    Some(match (command, args) {
        ("json", [path]) => json(path),
        ("csv", [path]) => csv_sums(path),
        ("regex", [pattern, path]) => regex_lines(pattern, path),
        ("markdown", [path]) => markdown(path),
        ("time", [seconds]) => time(seconds.parse().unwrap_or(0)),
        ("float", _) => floats(),
        _ => return None,
    })
}

fn json(path: &str) -> Outcome {
    let value: serde_json::Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    println!("{}", serde_json::to_string_pretty(&value)?);
    Ok(())
}

fn csv_sums(path: &str) -> Outcome {
    let mut reader = csv::Reader::from_path(path)?;
    println!("{:?}", reader.headers()?);
    let mut sum = 0.0;
    for record in reader.records() {
        sum += record?.iter().filter_map(|field| field.parse::<f64>().ok()).sum::<f64>();
    }
    println!("{sum}");
    Ok(())
}

fn regex_lines(pattern: &str, path: &str) -> Outcome {
    let expression = regex::Regex::new(pattern)?;
    for (index, line) in fs::read_to_string(path)?.lines().enumerate() {
        for found in expression.find_iter(line) {
            println!("{}:{}: {}", index + 1, found.start(), found.as_str());
        }
    }
    Ok(())
}

fn markdown(path: &str) -> Outcome {
    let text = fs::read_to_string(path)?;
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&text));
    print!("{html}");
    Ok(())
}

fn time(seconds: i64) -> Outcome {
    let time = chrono::DateTime::from_timestamp(seconds, 0).ok_or("out of range")?;
    println!("{} {}", time.to_rfc2822(), time.format("%G-W%V-%u"));
    Ok(())
}

fn floats() -> Outcome {
    let mut x = 0.5f64;
    for index in 1..2000 {
        x = (x * 1.7 + f64::from(index).sqrt().sin()).fract().abs();
    }
    println!("{x:?} {:?} {:?}", x.powf(0.3), (x as f32).exp());
    Ok(())
}
