//! A guest that stands between a runner and a subject, and passes on what it gets.

use core::cell::RefCell;

wit_bindgen::generate!({ path: "../../test/bindings/scenarios/wit", world: "middle", generate_all });

use exports::wasm_plugin::scenarios::results::{self, Place, Problem, Reason};
use exports::wasm_plugin::scenarios::things;
use wasm_plugin::scenarios::{results as inner, things as inner_things};

struct Middle;

/// Holds a thing of the subject.
struct MyThing(RefCell<inner_things::Thing>);

impl things::GuestThing for MyThing {
    fn new(value: u32) -> Self {
        MyThing(RefCell::new(inner_things::Thing::new(value + 1)))
    }
    fn get(&self) -> u32 {
        self.0.borrow().get()
    }
    fn set(&self, value: u32) {
        self.0.borrow().set(value + 1);
    }
    fn joined(a: things::Thing, b: things::Thing) -> things::Thing {
        let [a, b] = [a, b].map(|thing| thing.into_inner::<MyThing>().0.into_inner());
        things::Thing::new(MyThing(RefCell::new(inner_things::Thing::joined(a, b))))
    }
}

impl things::Guest for Middle {
    type Thing = MyThing;

    fn hops() -> u32 {
        inner_things::hops() + 1
    }
}

fn place(inner::Place { line, column }: inner::Place) -> Place {
    Place { line, column }
}

fn reason(reason: inner::Reason) -> Reason {
    match reason {
        inner::Reason::First => Reason::First,
        inner::Reason::Second => Reason::Second,
        inner::Reason::Third => Reason::Third,
    }
}

impl results::Guest for Middle {
    fn text(x: f32) -> Result<f32, String> {
        inner::text(x)
    }
    fn named(x: f32) -> Result<f32, Reason> {
        inner::named(x).map_err(reason)
    }
    fn placed(x: f32) -> Result<f32, Place> {
        inner::placed(x).map_err(place)
    }
    fn combined(x: f32) -> Result<f32, Problem> {
        inner::combined(x).map_err(|problem| match problem {
            inner::Problem::Reason(it) => Problem::Reason(reason(it)),
            inner::Problem::Place(it) => Problem::Place(place(it)),
        })
    }
    fn empty(x: u32) -> Result<u32, ()> {
        inner::empty(x)
    }
    fn nested(x: u32) -> Result<Result<(), String>, String> {
        inner::nested(x)
    }
}

export!(Middle);
