//! The scenarios of resources.

use crate::wasm_plugin::scenarios::resource_alias::{Held as Other, Item, unwrapped};
use crate::wasm_plugin::scenarios::resource_alias_user::{Held, all};
use crate::wasm_plugin::scenarios::resource_borrow::{Cell, doubled};
use crate::wasm_plugin::scenarios::resource_borrow_in_record::{Holder, Named, copies};
use crate::wasm_plugin::scenarios::resource_floats::{self, Real};
use crate::wasm_plugin::scenarios::resource_in_aggregates::{self, Lending, Lent, Mixed, Owned, Owning, Part};
use crate::wasm_plugin::scenarios::resource_with_lists::Blob;
use crate::wasm_plugin::scenarios::resources::{Counter, Even, KebabCase, Token, consume, sum};
use crate::wasm_plugin::scenarios::things::{Thing, hops};
use crate::{Outcome, check};

pub fn resources() -> Outcome {
    let counter = Counter::new(5);
    check!(counter.value() == 5, "counter.value");
    counter.set(10);
    let counter = Counter::add(counter, -3);
    check!(counter.value() == 7, "counter.add");
    check!(consume(counter) == 7, "consume");
    let before = Token::dropped();
    let (a, b) = (Token::new(10), Token::new(20));
    let c = sum(&a, &b);
    check!(c.value() == 30 && a.value() == 10, "sum");
    drop((a, b));
    check!(Token::dropped() == before + 2, "token.dropped");
    drop(c);
    check!(Token::dropped() == before + 3, "token.dropped");
    check!(KebabCase::take(KebabCase::new(42)) == 42, "kebab-case.take");
    check!(Even::new(8).is_ok_and(|even| even.half() == 4), "even");
    check!(Even::new(3).is_err_and(|error| error == "3 is odd"), "even");
    Ok(())
}

pub fn resource_with_lists() -> Outcome {
    let blob = Blob::new(&[1, 2]);
    blob.append(&[3]);
    blob.append(&[]);
    check!(blob.get() == [1, 2, 3], "blob.get");
    check!(Blob::reversed(&[1, 2, 3]) == [3, 2, 1], "blob.reversed");
    Ok(())
}

pub fn resource_borrow() -> Outcome {
    let cell = Cell::new(21);
    check!(doubled(&cell) == 42 && doubled(&cell) == 42, "doubled");
    Ok(())
}

pub fn resource_in_aggregates() -> Outcome {
    let lent: Vec<Part> = (0..8).map(Part::new).collect();
    let total = resource_in_aggregates::sum(
        Owning { it: Part::new(100) },
        &Lending { it: &lent[0] },
        Mixed { lent: &lent[1], owned: Part::new(200) },
        (Part::new(300), Owning { it: Part::new(400) }),
        (&lent[2],),
        Owned::It(Part::new(500)),
        &Lent::It(&lent[3]),
        vec![Part::new(600), Part::new(700)],
        &[&lent[4], &lent[5]],
        Some(Part::new(800)),
        Some(&lent[6]),
        Ok(Part::new(900)),
        Ok(&lent[7]),
    );
    check!(total == 4500 + 28, "sum");
    Ok(())
}

pub fn resource_borrow_in_record() -> Outcome {
    let (a, b) = (Named::new("first"), Named::new("second"));
    let made = copies(&[Holder { it: &a }, Holder { it: &b }]);
    check!(made.len() == 2 && made[0].get() == "first copy" && made[1].get() == "second copy", "copies");
    check!(a.get() == "first", "copies");
    Ok(())
}

pub fn resource_alias() -> Outcome {
    let mut items = unwrapped(Other { it: Item::new(42) });
    check!(items.len() == 1 && items[0].value() == 42, "unwrapped");
    let lent = Item::new(7);
    let three = all(Held { it: items.remove(0) }, Other { it: Item::new(8) }, &lent);
    check!(three.iter().map(Item::value).eq([42, 8, 7]) && lent.value() == 7, "all");
    Ok(())
}

pub fn resource_floats() -> Outcome {
    let a = Real::new(1.5);
    let b = Real::plus(Real::new(2.0), 0.25);
    let c = resource_floats::sum(&a, &b);
    check!(a.get() == 1.5 && b.get() == 2.25 && c.get() == 3.75, "sum");
    Ok(())
}

pub fn things() -> Outcome {
    let between = hops();
    let a = Thing::new(20);
    check!(a.get() == 20 + between, "thing");
    a.set(30);
    check!(a.get() == 30 + between, "thing.set");
    let joined = Thing::joined(a, Thing::new(10));
    check!(joined.get() == 40 + 2 * between, "thing.joined");
    Ok(())
}
