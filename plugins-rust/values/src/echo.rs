//! Every function returns what it is given: straight, or after a trip through the host.

use core::cell::Cell;

use crate::Values;
use crate::exports::wasm_plugin::values::control::{self, Source};
use crate::exports::wasm_plugin::values::echo::Guest;
use crate::wasm_plugin::values::echo as host;
use crate::wasm_plugin::values::types::*;

thread_local! {
    static SOURCE: Cell<Source> = const { Cell::new(Source::Guest) };
}

fn through_host() -> bool {
    SOURCE.get() == Source::Host
}

impl control::Guest for Values {
    fn set_source(source: Source) {
        SOURCE.set(source);
    }
}

/// One function a row: its parameter, and the form in which the host's bindings want it.
macro_rules! echoes {
    ($($name:ident($x:ident: $type:ty) => $lent:expr;)*) => {
        $(fn $name($x: $type) -> $type {
            if through_host() { host::$name($lent) } else { $x }
        })*
    };
}

macro_rules! texts {
    ($($x:ident)*) => { vec![$($x.to_string()),*] };
}

impl Guest for Values {
    #[rustfmt::skip]
    echoes! {
        echo_bool(x: bool) => x;
        echo_u8(x: u8) => x;
        echo_s8(x: i8) => x;
        echo_u16(x: u16) => x;
        echo_s16(x: i16) => x;
        echo_u32(x: u32) => x;
        echo_s32(x: i32) => x;
        echo_u64(x: u64) => x;
        echo_s64(x: i64) => x;
        echo_f32(x: f32) => x;
        echo_f64(x: f64) => x;
        echo_char(x: char) => x;
        echo_string(x: String) => &x;
        list_bool(x: Vec<bool>) => &x;
        list_u8(x: Vec<u8>) => &x;
        list_s8(x: Vec<i8>) => &x;
        list_u16(x: Vec<u16>) => &x;
        list_s16(x: Vec<i16>) => &x;
        list_u32(x: Vec<u32>) => &x;
        list_s32(x: Vec<i32>) => &x;
        list_u64(x: Vec<u64>) => &x;
        list_s64(x: Vec<i64>) => &x;
        list_f32(x: Vec<f32>) => &x;
        list_f64(x: Vec<f64>) => &x;
        list_char(x: Vec<char>) => &x;
        list_string(x: Vec<String>) => &x;
        list_list(x: Vec<Vec<f32>>) => &x;
        list_list_string(x: Vec<Vec<String>>) => &x;
        list_pair(x: Vec<Pair>) => &x;
        list_mixed(x: Vec<Mixed>) => &x;
        list_shape(x: Vec<Shape>) => &x;
        list_joined(x: Vec<Joined>) => &x;
        list_color(x: Vec<Color>) => &x;
        list_flags(x: Vec<FlagsSixteen>) => &x;
        list_option(x: Vec<Option<u8>>) => &x;
        list_result(x: Vec<Result<u32, String>>) => &x;
        list_tuple(x: Vec<(u8, u64, char)>) => &x;
        echo_pair(x: Pair) => x;
        echo_mixed(x: Mixed) => &x;
        echo_tree(x: Tree) => &x;
        echo_tuple(x: (u8, f64, String)) => (x.0, x.1, &x.2);
        echo_shape(x: Shape) => &x;
        echo_joined(x: Joined) => x;
        echo_color(x: Color) => x;
        echo_flags_eight(x: FlagsEight) => x;
        echo_flags_sixteen(x: FlagsSixteen) => x;
        echo_flags_thirty_two(x: FlagsThirtyTwo) => x;
        option_u32(x: Option<u32>) => x;
        option_string(x: Option<String>) => x.as_deref();
        option_option(x: Option<Option<u64>>) => x;
        option_list(x: Option<Vec<u32>>) => x.as_deref();
        option_mixed(x: Option<Mixed>) => x.as_ref();
        result_both(x: Result<u32, String>) => x.as_ref().map(|n| *n).map_err(String::as_str);
        result_ok(x: Result<String, ()>) => x.as_deref().map_err(|_| ());
        result_err(x: Result<(), Shape>) => x.as_ref().map(|_| ());
        result_neither(x: Result<(), ()>) => x;
        result_nested(x: Result<Option<u8>, Result<u8, Color>>) => x;
        tuple_of_result(x: (Result<u8, String>,)) => (x.0.as_ref().map(|n| *n).map_err(String::as_str),);
    }

    fn nothing() {
        if through_host() {
            host::nothing();
        }
    }

    #[rustfmt::skip]
    fn sixteen(
        a: u8, b: i8, c: u16, d: i16, e: u32, f: i32, g: u64, h: i64, i: f32, j: f64, k: bool, l: char, m: String, n: u32,
        o: u32,
    ) -> Vec<String> {
        if through_host() {
            return host::sixteen(a, b, c, d, e, f, g, h, i, j, k, l, &m, n, o);
        }
        texts![a b c d e f g h i j k l m n o]
    }

    #[rustfmt::skip]
    fn seventeen(
        a: u8, b: i8, c: u16, d: i16, e: u32, f: i32, g: u64, h: i64, i: f32, j: f64, k: bool, l: char, m: String, n: u32,
        o: u32, p: u32,
    ) -> Vec<String> {
        if through_host() {
            return host::seventeen(a, b, c, d, e, f, g, h, i, j, k, l, &m, n, o, p);
        }
        texts![a b c d e f g h i j k l m n o p]
    }

    fn many(
        a: Mixed,
        b: (u8, u64),
        c: Shape,
        d: Vec<Pair>,
        e: Option<String>,
    ) -> (Mixed, (u8, u64), Shape, Vec<Pair>, Option<String>) {
        if through_host() { host::many(&a, b, &c, &d, e.as_deref()) } else { (a, b, c, d, e) }
    }
}
