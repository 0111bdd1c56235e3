//! Writes what wRPC's own crate encodes for each value of `echo-types.ts`, in its order, and for handles
//! of the numbers 1, 300 and 2^40 as LEB128: a JSON object of lists of hexadecimal bytes.

use bytes::BytesMut;
use wrpc_transport::{Encode, ResourceBorrow, ResourceOwn};

mod bindings {
    wit_bindgen_wrpc::generate!({
        inline: "
            package golden:values;

            interface types {
                record two { sample-rate: f64, to-string: bool }
                variant choice { none, some-text(string) }
                enum names { first, to-string }
                flags bits { a, b-c, d, e, f, g, h, i, j }

                use-all: func(two: two, choice: choice, names: names, bits: bits);
            }

            world golden { import types; }
        ",
    });
}

use bindings::golden::values::types::{Bits, Choice, Names, Two};

fn hex<T: Encode>(value: T) -> String {
    let mut bytes = BytesMut::new();
    let mut encoder = T::Encoder::default();
    let deferred = value.encode(&mut encoder, &mut bytes);
    assert!(matches!(deferred, Ok(None)), "a value is sent at once");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// 2^40 as LEB128.
const LARGE: [u8; 6] = [0x80, 0x80, 0x80, 0x80, 0x80, 0x20];

fn own(bytes: &[u8]) -> ResourceOwn<()> {
    ResourceOwn::from(bytes.to_vec())
}

macro_rules! rows {
    ($($name:literal: $($value:expr),+;)+) => {
        [$(($name, vec![$(hex($value)),+])),+]
    };
}

fn main() {
    let rows = rows! {
        "bool": true, false;
        "u8": 0u8, 255u8;
        "s8": -128i8, -1i8, 127i8;
        "u16": 0u16, 65_535u16;
        "s16": -32_768i16, -64i16, 63i16, 64i16, 32_767i16;
        "u32": 0u32, 127u32, 128u32, u32::MAX;
        "s32": i32::MIN, -65i32, i32::MAX;
        "u64": 0u64, 127u64, 128u64, u64::MAX;
        "s64": i64::MIN, -65i64, -64i64, i64::MAX;
        "f32": 0f32, -0f32, 1.5f32, f32::INFINITY, f32::NAN;
        "f64": 0.1f64, -0f64, f64::MAX, f64::NEG_INFINITY, f64::NAN;
        "char": 'a', 'ü', '€', '🎧';
        "string": "", "Grüße 🎧", "\0", "\u{feff}x";
        "bytes": Vec::<u8>::new(), vec![1u8, 2, 255];
        "floats": vec![1f32, -0f32, f32::NAN];
        "longs": vec![-1i64, 1 << 62];
        "shorts": vec![0u16, 300, 65_535];
        "strings": Vec::<String>::new(), vec!["a".to_string(), "b".to_string()];
        "nested": vec![vec![vec![1u8]], vec![]];
        "tuple": (7u8, "x".to_string());
        "record": Two { sample_rate: 48_000.0, to_string: true };
        "option": None::<u32>, Some(0u32);
        "options": None::<Option<u32>>, Some(None::<u32>);
        "result": vec![Ok::<u8, String>(1), Err("no".to_string())];
        "empty-result": vec![Ok::<(), ()>(()), Err(())];
        "variant": Choice::None, Choice::SomeText("x".to_string());
        "enum": Names::First, Names::ToString;
        "flags": Bits::A | Bits::H | Bits::J;
        "own": own(&[1]), own(&[0xac, 2]), own(&LARGE);
        "borrow": own(&[1]).as_borrow(), own(&[0xac, 2]).as_borrow(), ResourceBorrow::<()>::from(LARGE.to_vec());
    };
    println!("{{");
    for (at, (name, values)) in rows.iter().enumerate() {
        let list: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
        let comma = if at + 1 < rows.len() { "," } else { "" };
        println!("  \"{name}\": [{}]{comma}", list.join(", "));
    }
    println!("}}");
}
