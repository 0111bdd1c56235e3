//! Scenarios `numbers`, `strings`, `lists`, `many-arguments`, `options` and `versions`.

use core::sync::atomic::{AtomicU32, Ordering};

use crate::Subject;
use crate::exports::wasm_plugin::scenarios::{lists, many_arguments, numbers, options, strings};

static NUMBER: AtomicU32 = AtomicU32::new(0);

impl numbers::Guest for Subject {
    fn echo_u8(x: u8) -> u8 {
        x
    }
    fn echo_s8(x: i8) -> i8 {
        x
    }
    fn echo_u16(x: u16) -> u16 {
        x
    }
    fn echo_s16(x: i16) -> i16 {
        x
    }
    fn echo_u32(x: u32) -> u32 {
        x
    }
    fn echo_s32(x: i32) -> i32 {
        x
    }
    fn echo_u64(x: u64) -> u64 {
        x
    }
    fn echo_s64(x: i64) -> i64 {
        x
    }
    fn echo_f32(x: f32) -> f32 {
        x
    }
    fn echo_f64(x: f64) -> f64 {
        x
    }
    fn echo_char(x: char) -> char {
        x
    }
    fn keep(x: u32) {
        NUMBER.store(x, Ordering::Relaxed);
    }
    fn kept() -> u32 {
        NUMBER.load(Ordering::Relaxed)
    }
}

impl strings::Guest for Subject {
    fn code_points(text: String) -> u32 {
        text.chars().count() as u32
    }
    fn greeting() -> String {
        "grüß 🦀\0!".into()
    }
    fn empty() -> String {
        String::new()
    }
    fn echo(text: String) -> String {
        text
    }
    fn joined(a: String, b: String) -> String {
        a + &b
    }
}

impl lists::Guest for Subject {
    fn sum(bytes: Vec<u8>) -> u32 {
        bytes.into_iter().map(u32::from).sum()
    }
    fn no_bytes() -> Vec<u8> {
        Vec::new()
    }
    fn words(count: u32) -> Vec<String> {
        (0..count).map(|each| format!("word {each}")).collect()
    }
    fn joined(words: Vec<String>) -> String {
        words.join("-")
    }
    fn joined_lines(lines: Vec<Vec<String>>) -> String {
        lines.iter().map(|line| line.join("-")).collect::<Vec<_>>().join("/")
    }
    fn reversed(items: Vec<(u8, u32, u8)>) -> Vec<(u8, u32, u8)> {
        items.into_iter().rev().collect()
    }
    fn echo_eight(a: Vec<u8>, b: Vec<i8>) -> (Vec<u8>, Vec<i8>) {
        (a, b)
    }
    fn echo_sixteen(a: Vec<u16>, b: Vec<i16>) -> (Vec<u16>, Vec<i16>) {
        (a, b)
    }
    fn echo_thirty_two(a: Vec<u32>, b: Vec<i32>) -> (Vec<u32>, Vec<i32>) {
        (a, b)
    }
    fn echo_sixty_four(a: Vec<u64>, b: Vec<i64>) -> (Vec<u64>, Vec<i64>) {
        (a, b)
    }
    fn echo_floats(a: Vec<f32>, b: Vec<f64>) -> (Vec<f32>, Vec<f64>) {
        (a, b)
    }
    fn echo_small(a: Vec<bool>, b: Vec<char>) -> (Vec<bool>, Vec<char>) {
        (a, b)
    }
    fn echo_headers(headers: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
        headers
    }
}

impl options::Guest for Subject {
    fn is_some(x: Option<String>) -> bool {
        x.is_some()
    }
    fn none() -> Option<String> {
        None
    }
    fn some() -> Option<String> {
        Some("something".into())
    }
    fn echo(x: Option<String>) -> Option<String> {
        x
    }
    fn echo_nested(x: Option<Option<u32>>) -> Option<Option<u32>> {
        x
    }
}

impl crate::exports::wasm_plugin::gauge0_1_0::gauge::Guest for Subject {
    fn level() -> u32 {
        42
    }
}

impl crate::exports::wasm_plugin::gauge0_2_0::gauge::Guest for Subject {
    fn level(scale: f64) -> f64 {
        scale * 0.5
    }
}

/// Sums numbers, each times its place.
fn weighed(numbers: &[u64]) -> u64 {
    (1..).zip(numbers).map(|(place, number)| place * number).sum()
}

impl many_arguments::Guest for Subject {
    fn sixteen(
        a1: u64,
        a2: u64,
        a3: u64,
        a4: u64,
        a5: u64,
        a6: u64,
        a7: u64,
        a8: u64,
        a9: u64,
        a10: u64,
        a11: u64,
        a12: u64,
        a13: u64,
        a14: u64,
        a15: u64,
        a16: u64,
    ) -> u64 {
        weighed(&[a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16])
    }
    fn seventeen(
        a1: u64,
        a2: u8,
        a3: u64,
        a4: u16,
        a5: u64,
        a6: u32,
        a7: u64,
        a8: u8,
        a9: u64,
        a10: u64,
        a11: u64,
        a12: u8,
        a13: u64,
        a14: u64,
        a15: u64,
        a16: u64,
        a17: u8,
    ) -> u64 {
        weighed(&[a1, a2.into(), a3, a4.into(), a5, a6.into(), a7, a8.into(), a9, a10, a11, a12.into(), a13, a14, a15, a16, a17.into()])
    }
}
