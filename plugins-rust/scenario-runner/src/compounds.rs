//! Scenarios `records`, `variants`, `flavorful`, `results` and `list-in-variant`.

use crate::wasm_plugin::scenarios::flavorful::{self, Fault, Named};
use crate::wasm_plugin::scenarios::list_in_variant::{self, Payload};
use crate::wasm_plugin::scenarios::records::{self, Corner, Few, Many, Mixed, Several};
use crate::wasm_plugin::scenarios::results::{self, Problem, Reason};
use crate::wasm_plugin::scenarios::variants::{self, C1, C2, C3, C4, C5, C6, Direction, Z1, Z2, Z3, Z4};
use crate::{Outcome, check};

pub fn records() -> Outcome {
    check!(records::two_results() == (4, 5), "two-results");
    check!(records::swapped((1, 2)) == (2, 1), "swapped");
    check!(records::one((255,)) == (255,), "one");
    let flags = (Few::B, Several::D0 | Several::D8, Many::E0 | Many::E31);
    check!(records::echo_flags(flags.0, flags.1, flags.2) == flags, "echo-flags");
    check!(records::toggled(Few::A) == Few::B | Few::C, "toggled");
    check!(records::toggled(records::toggled(Few::empty())).is_empty(), "toggled");
    let mixed = records::echo_mixed(&Mixed {
        small: 8,
        set: Few::C,
        text: "text ✓".into(),
        items: vec![1, 65535],
        at: Corner { x: 0.5, y: i64::MIN },
    });
    check!(mixed.small == 8 && mixed.set == Few::C && mixed.text == "text ✓", "echo-mixed");
    check!(mixed.items == [1, 65535] && mixed.at.x == 0.5 && mixed.at.y == i64::MIN, "echo-mixed");
    Ok(())
}

pub fn variants() -> Outcome {
    check!(variants::to_byte(Some(1.75)) == Some(1) && variants::to_byte(None).is_none(), "to-byte");
    check!(variants::converted(Ok(2)) == Ok(2.0) && variants::converted(Err(5.5)) == Err(5), "converted");
    check!(variants::echo_direction(Direction::Left) == Direction::Left, "echo-direction");
    check!(!variants::inverted(true) && variants::inverted(false), "inverted");
    let a = variants::echo_casts((C1::A(1), C2::A(2), C3::A(3), C4::A(4), C5::A(i64::MIN), C6::A(6.5)));
    check!(matches!(a.0, C1::A(1)) && matches!(a.1, C2::A(2)) && matches!(a.2, C3::A(3)), "echo-casts");
    check!(matches!(a.3, C4::A(4)) && matches!(a.4, C5::A(i64::MIN)) && matches!(a.5, C6::A(6.5)), "echo-casts");
    let b = (C1::B(i64::MAX), C2::B(-2.5), C3::B(3.25), C4::B(-0.5), C5::B(-1e300), C6::B(1e300));
    let b = variants::echo_casts(b);
    check!(matches!(b.0, C1::B(i64::MAX)) && matches!(b.1, C2::B(-2.5)), "echo-casts");
    check!(matches!(b.2, C3::B(3.25)) && matches!(b.3, C4::B(-0.5)), "echo-casts");
    check!(matches!(b.4, C5::B(-1e300)) && matches!(b.5, C6::B(1e300)), "echo-casts");
    let c = variants::echo_zeros((Z1::A(1), Z2::A(2), Z3::A(3.5), Z4::A(4.5)));
    check!(matches!(c, (Z1::A(1), Z2::A(2), Z3::A(3.5), Z4::A(4.5))), "echo-zeros");
    let d = variants::echo_zeros((Z1::B, Z2::B, Z3::B, Z4::B));
    check!(matches!(d, (Z1::B, Z2::B, Z3::B, Z4::B)), "echo-zeros");
    for three in [(true, Err(()), Direction::Down), (false, Ok(()), Direction::Up)] {
        check!(variants::echo_three(three.0, three.1, three.2) == three, "echo-three");
    }
    Ok(())
}

pub fn flavorful() -> Outcome {
    check!(flavorful::take(&Named { name: "ab ✓".into() }) == 4, "take");
    check!(flavorful::give().name == "given", "give");
    check!(flavorful::echo_alias(&Named { name: "alias".into() }).name == "alias", "echo-alias");
    check!(flavorful::both(&Some("a".into()), Err("b")) == "ab" && flavorful::both(&None, Ok(())) == "--", "both");
    check!(flavorful::give_maybe().as_deref() == Some("maybe"), "give-maybe");
    check!(flavorful::echo_maybe(&None).is_none(), "echo-maybe");
    check!(flavorful::every_second() == Err(Fault::Small), "every-second");
    check!(flavorful::every_second().is_ok(), "every-second");
    let (bytes, texts) = flavorful::typedefs("ab", &["x".into(), "y".into()]);
    check!(bytes == b"ab" && texts == ["x", "y"], "typedefs");
    let (a, b, c) = ([true, false], [Ok(()), Err(())], [Fault::Large, Fault::None]);
    let found = flavorful::of_variants(&a, &b, &c);
    check!(found.0 == a && found.1 == b && found.2 == c, "of-variants");
    Ok(())
}

pub fn results() -> Outcome {
    check!(results::text(0.0) == Err("zero".into()) && results::text(1.0) == Ok(1.0), "text");
    check!(results::named(0.0) == Err(Reason::Second) && results::named(2.0) == Ok(2.0), "named");
    check!(matches!(results::placed(0.0), Err(place) if place.line == 420 && place.column == 0), "placed");
    check!(matches!(results::placed(0.5), Ok(0.5)), "placed");
    check!(matches!(results::combined(0.0), Err(Problem::Place(place)) if place.line == 420), "combined");
    check!(matches!(results::combined(1.0), Err(Problem::Reason(Reason::Third))), "combined");
    check!(matches!(results::combined(2.0), Ok(2.0)), "combined");
    check!(results::empty(0) == Err(()) && results::empty(1) == Ok(1), "empty");
    check!(results::nested(0) == Err("outer".into()), "nested");
    check!(results::nested(1) == Ok(Err("inner".into())) && results::nested(2) == Ok(Ok(())), "nested");
    Ok(())
}

pub fn list_in_variant() -> Outcome {
    let words = vec!["one".to_string(), "two".to_string()];
    check!(list_in_variant::in_option(Some(&words)) == "one,two", "in-option");
    check!(list_in_variant::in_option(None) == "none", "in-option");
    check!(list_in_variant::in_variant(&Payload::Words(words.clone())) == "one,two", "in-variant");
    check!(list_in_variant::in_variant(&Payload::Empty) == "none", "in-variant");
    check!(list_in_variant::in_result(Ok(&words)) == "one,two", "in-result");
    check!(list_in_variant::in_result(Err("bad")) == "bad", "in-result");
    let summary = list_in_variant::summed_up(Some(&words));
    check!(summary.count == 2 && summary.label == "one,two", "summed-up");
    check!(list_in_variant::summed_up(None).label == "none", "summed-up");
    Ok(())
}
