//! Scenarios `numbers`, `strings`, `lists`, `options` and `many-arguments`.

use crate::wasm_plugin::scenarios::{lists, many_arguments, numbers, options, strings};
use crate::{Outcome, check};

pub fn numbers() -> Outcome {
    check!([1, u8::MAX].map(numbers::echo_u8) == [1, u8::MAX], "echo-u8");
    check!([i8::MIN, i8::MAX].map(numbers::echo_s8) == [i8::MIN, i8::MAX], "echo-s8");
    check!([0, u16::MAX].map(numbers::echo_u16) == [0, u16::MAX], "echo-u16");
    check!([i16::MIN, -1].map(numbers::echo_s16) == [i16::MIN, -1], "echo-s16");
    check!([1, u32::MAX].map(numbers::echo_u32) == [1, u32::MAX], "echo-u32");
    check!([i32::MIN, -1].map(numbers::echo_s32) == [i32::MIN, -1], "echo-s32");
    check!([0, u64::MAX].map(numbers::echo_u64) == [0, u64::MAX], "echo-u64");
    check!([i64::MIN, -1].map(numbers::echo_s64) == [i64::MIN, -1], "echo-s64");
    check!([1.5, f32::MIN].map(numbers::echo_f32) == [1.5, f32::MIN], "echo-f32");
    check!(numbers::echo_f32(-0.0).is_sign_negative() && numbers::echo_f32(f32::NAN).is_nan(), "echo-f32");
    let doubles = [f64::EPSILON, f64::NEG_INFINITY];
    check!(doubles.map(numbers::echo_f64) == doubles && numbers::echo_f64(f64::NAN).is_nan(), "echo-f64");
    check!(['a', char::MAX].map(numbers::echo_char) == ['a', char::MAX], "echo-char");
    numbers::keep(2);
    check!(numbers::kept() == 2, "kept");
    numbers::keep(4);
    check!(numbers::kept() == 4, "kept");
    Ok(())
}

pub fn strings() -> Outcome {
    check!(strings::code_points("latin UTF-16 ✓ 🦀") == 16 && strings::code_points("") == 0, "code-points");
    check!(strings::greeting() == "grüß 🦀\0!", "greeting");
    check!(strings::empty().is_empty(), "empty");
    let long = "ab✓".repeat(10_000);
    for text in ["🚀🚀🚀 𠈄𓀀", &long] {
        check!(strings::echo(text) == text, "echo");
    }
    check!(strings::joined("one ", "") + &strings::joined("", "two") == "one two", "joined");
    Ok(())
}

pub fn lists() -> Outcome {
    check!(lists::sum(&[1, 2, 255]) == 258 && lists::sum(&[]) == 0, "sum");
    check!(lists::no_bytes().is_empty(), "no-bytes");
    let words = lists::words(1000);
    check!(words.len() == 1000 && words[0] == "word 0" && words[999] == "word 999", "words");
    check!(lists::words(0).is_empty(), "words");
    check!(lists::joined(&["foo".into(), "".into(), "bär".into()]) == "foo--bär", "joined");
    check!(lists::joined(&[]).is_empty(), "joined");
    let lines = [vec!["a".into(), "b".into()], vec![], vec!["c".into()]];
    check!(lists::joined_lines(&lines) == "a-b//c", "joined-lines");
    check!(lists::reversed(&[(1, 2, 3), (4, 5, 6)]) == [(4, 5, 6), (1, 2, 3)], "reversed");
    let (a, b) = lists::echo_eight(&[0, u8::MAX], &[i8::MIN, i8::MAX]);
    check!(a == [0, u8::MAX] && b == [i8::MIN, i8::MAX], "echo-eight");
    let (a, b) = lists::echo_sixteen(&[0, u16::MAX], &[i16::MIN, i16::MAX, 0]);
    check!(a == [0, u16::MAX] && b == [i16::MIN, i16::MAX, 0], "echo-sixteen");
    let (a, b) = lists::echo_thirty_two(&[0, u32::MAX], &[i32::MIN]);
    check!(a == [0, u32::MAX] && b == [i32::MIN], "echo-thirty-two");
    let (a, b) = lists::echo_sixty_four(&[0, u64::MAX], &[i64::MIN, i64::MAX]);
    check!(a == [0, u64::MAX] && b == [i64::MIN, i64::MAX], "echo-sixty-four");
    let (singles, doubles) = ([f32::MIN, f32::MAX, f32::INFINITY], [f64::MIN, f64::EPSILON]);
    let (a, b) = lists::echo_floats(&singles, &doubles);
    check!(a == singles && b == doubles, "echo-floats");
    let (a, b) = lists::echo_small(&[true, false], &['a', char::MAX]);
    check!(a == [true, false] && b == ['a', char::MAX], "echo-small");
    let headers = [("content-type".into(), vec![1, 2]), ("".into(), vec![])];
    check!(lists::echo_headers(&headers) == headers, "echo-headers");
    Ok(())
}

pub fn options() -> Outcome {
    check!(!options::is_some(None) && options::is_some(Some("")) && options::is_some(Some("x")), "is-some");
    check!(options::none().is_none(), "none");
    check!(options::some().as_deref() == Some("something"), "some");
    check!(options::echo(Some("text")).as_deref() == Some("text") && options::echo(None).is_none(), "echo");
    for nested in [Some(Some(42)), Some(None), None] {
        check!(options::echo_nested(nested) == nested, "echo-nested");
    }
    Ok(())
}

pub fn many_arguments() -> Outcome {
    let sum = many_arguments::sixteen(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    check!(sum == 1496, "sixteen");
    let sum = many_arguments::seventeen(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17);
    check!(sum == 1785, "seventeen");
    Ok(())
}
