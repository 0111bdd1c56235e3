//! Encodes module texts, unvalidated. Reads texts from standard input, each ended by a NUL; writes a line of
//! hexadecimal digits for each, empty where the text is refused.

use std::io::Read;

use wast::parser::{parse, ParseBuffer};
use wast::Wat;

fn main() {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).expect("the texts are UTF-8");
    for text in input.split_terminator('\0') {
        let bytes = encode(text).unwrap_or_default();
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        println!("{digits}");
    }
}

fn encode(text: &str) -> wast::parser::Result<Vec<u8>> {
    let buffer = ParseBuffer::new(text)?;
    parse::<Wat>(&buffer)?.encode()
}
