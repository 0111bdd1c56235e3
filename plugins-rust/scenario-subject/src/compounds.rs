//! Scenarios `records`, `variants`, `flavorful`, `results` and `list-in-variant`.

use core::sync::atomic::{AtomicU32, Ordering};

use crate::Subject;
use crate::exports::wasm_plugin::scenarios::flavorful::{self, Fault};
use crate::exports::wasm_plugin::scenarios::list_in_variant::{self, Payload, Summary};
use crate::exports::wasm_plugin::scenarios::records::{self, Few, Many, Several};
use crate::exports::wasm_plugin::scenarios::results::{self, Place, Problem, Reason};
use crate::exports::wasm_plugin::scenarios::variants::{self, Casts, Direction, Zeros};

impl records::Guest for Subject {
    fn two_results() -> (u8, u16) {
        (4, 5)
    }
    fn swapped((a, b): (u8, u32)) -> (u32, u8) {
        (b, a)
    }
    fn one(x: (u8,)) -> (u8,) {
        x
    }
    fn echo_flags(a: Few, b: Several, c: Many) -> (Few, Several, Many) {
        (a, b, c)
    }
    fn toggled(set: Few) -> Few {
        !set
    }
    fn echo_mixed(x: records::Mixed) -> records::Mixed {
        x
    }
}

impl variants::Guest for Subject {
    fn to_byte(x: Option<f32>) -> Option<u8> {
        x.map(|number| number as u8)
    }
    fn converted(x: Result<u32, f32>) -> Result<f64, u8> {
        x.map(f64::from).map_err(|error| error as u8)
    }
    fn echo_direction(x: Direction) -> Direction {
        x
    }
    fn inverted(x: bool) -> bool {
        !x
    }
    fn echo_casts(x: Casts) -> Casts {
        x
    }
    fn echo_zeros(x: Zeros) -> Zeros {
        x
    }
    fn echo_three(a: bool, b: Result<(), ()>, c: Direction) -> (bool, Result<(), ()>, Direction) {
        (a, b, c)
    }
}

static CALLS: AtomicU32 = AtomicU32::new(0);

impl flavorful::Guest for Subject {
    fn take(x: flavorful::Named) -> u32 {
        x.name.chars().count() as u32
    }
    fn give() -> flavorful::Named {
        flavorful::Named { name: "given".into() }
    }
    fn echo_alias(x: flavorful::Alias) -> flavorful::Alias {
        x
    }
    fn both(a: Option<String>, b: Result<(), String>) -> String {
        a.unwrap_or("-".into()) + &b.err().unwrap_or("-".into())
    }
    fn give_maybe() -> Option<String> {
        Some("maybe".into())
    }
    fn echo_maybe(x: Option<String>) -> Option<String> {
        x
    }
    fn every_second() -> Result<(), Fault> {
        if CALLS.fetch_add(1, Ordering::Relaxed) % 2 == 0 { Err(Fault::Small) } else { Ok(()) }
    }
    fn typedefs(a: String, b: Vec<String>) -> (Vec<u8>, Vec<String>) {
        (a.into_bytes(), b)
    }
    fn of_variants(
        a: Vec<bool>,
        b: Vec<Result<(), ()>>,
        c: Vec<Fault>,
    ) -> (Vec<bool>, Vec<Result<(), ()>>, Vec<Fault>) {
        (a, b, c)
    }
}

impl results::Guest for Subject {
    fn text(x: f32) -> Result<f32, String> {
        if x == 0.0 { Err("zero".into()) } else { Ok(x) }
    }
    fn named(x: f32) -> Result<f32, Reason> {
        if x == 0.0 { Err(Reason::Second) } else { Ok(x) }
    }
    fn placed(x: f32) -> Result<f32, Place> {
        if x == 0.0 { Err(Place { line: 420, column: 0 }) } else { Ok(x) }
    }
    fn combined(x: f32) -> Result<f32, Problem> {
        if x == 1.0 {
            return Err(Problem::Reason(Reason::Third));
        }
        Self::placed(x).map_err(Problem::Place)
    }
    fn empty(x: u32) -> Result<u32, ()> {
        if x == 0 { Err(()) } else { Ok(x) }
    }
    fn nested(x: u32) -> Result<Result<(), String>, String> {
        match x {
            0 => Err("outer".into()),
            1 => Ok(Err("inner".into())),
            _ => Ok(Ok(())),
        }
    }
}

impl list_in_variant::Guest for Subject {
    fn in_option(x: Option<Vec<String>>) -> String {
        x.map_or("none".into(), |words| words.join(","))
    }
    fn in_variant(x: Payload) -> String {
        match x {
            Payload::Empty => "none".into(),
            Payload::Words(words) => words.join(","),
        }
    }
    fn in_result(x: Result<Vec<String>, String>) -> String {
        x.map_or_else(|error| error, |words| words.join(","))
    }
    fn summed_up(x: Option<Vec<String>>) -> Summary {
        let count = x.as_ref().map_or(0, |words| words.len() as u32);
        Summary { count, label: Self::in_option(x) }
    }
}
