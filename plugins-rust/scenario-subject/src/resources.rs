//! Scenarios `resources`, `resource-with-lists`, `resource-borrow` and `resource-import-and-export`.

use core::cell::{Cell, RefCell};
use core::sync::atomic::{AtomicU32, Ordering};

use crate::Subject;
use crate::exports::wasm_plugin::scenarios::{resource_borrow, resource_with_lists, resources, things};

pub struct MyCounter(Cell<i32>);

impl resources::GuestCounter for MyCounter {
    fn new(start: i32) -> Self {
        MyCounter(Cell::new(start))
    }
    fn value(&self) -> i32 {
        self.0.get()
    }
    fn set(&self, value: i32) {
        self.0.set(value);
    }
    fn add(counter: resources::Counter, by: i32) -> resources::Counter {
        resources::Counter::new(Self::new(counter.get::<MyCounter>().value() + by))
    }
}

static DROPPED_TOKENS: AtomicU32 = AtomicU32::new(0);

pub struct MyToken(i32);

impl Drop for MyToken {
    fn drop(&mut self) {
        DROPPED_TOKENS.fetch_add(1, Ordering::Relaxed);
    }
}

impl resources::GuestToken for MyToken {
    fn new(value: i32) -> Self {
        MyToken(value)
    }
    fn value(&self) -> i32 {
        self.0
    }
    fn dropped() -> u32 {
        DROPPED_TOKENS.load(Ordering::Relaxed)
    }
}

pub struct MyKebabCase(u32);

impl resources::GuestKebabCase for MyKebabCase {
    fn new(value: u32) -> Self {
        MyKebabCase(value)
    }
    fn take(it: resources::KebabCase) -> u32 {
        it.get::<MyKebabCase>().0
    }
}

pub struct MyEven(u32);

impl resources::GuestEven for MyEven {
    fn new(value: u32) -> Result<Self, String> {
        if value % 2 == 0 { Ok(MyEven(value)) } else { Err(format!("{value} is odd")) }
    }
    fn half(&self) -> u32 {
        self.0 / 2
    }
}

impl resources::Guest for Subject {
    type Counter = MyCounter;
    type Token = MyToken;
    type KebabCase = MyKebabCase;
    type Even = MyEven;

    fn sum(a: resources::TokenBorrow<'_>, b: resources::TokenBorrow<'_>) -> resources::Token {
        resources::Token::new(MyToken(a.get::<MyToken>().0 + b.get::<MyToken>().0))
    }
    fn consume(counter: resources::Counter) -> i32 {
        counter.get::<MyCounter>().0.get()
    }
}

pub struct MyBlob(RefCell<Vec<u8>>);

impl resource_with_lists::GuestBlob for MyBlob {
    fn new(bytes: Vec<u8>) -> Self {
        MyBlob(RefCell::new(bytes))
    }
    fn get(&self) -> Vec<u8> {
        self.0.borrow().clone()
    }
    fn append(&self, bytes: Vec<u8>) {
        self.0.borrow_mut().extend(bytes);
    }
    fn reversed(bytes: Vec<u8>) -> Vec<u8> {
        bytes.into_iter().rev().collect()
    }
}

impl resource_with_lists::Guest for Subject {
    type Blob = MyBlob;
}

pub struct MyCell(u32);

impl resource_borrow::GuestCell for MyCell {
    fn new(value: u32) -> Self {
        MyCell(value)
    }
}

impl resource_borrow::Guest for Subject {
    type Cell = MyCell;

    fn doubled(cell: resource_borrow::CellBorrow<'_>) -> u32 {
        cell.get::<MyCell>().0 * 2
    }
}

pub struct MyThing(Cell<u32>);

impl things::GuestThing for MyThing {
    fn new(value: u32) -> Self {
        MyThing(Cell::new(value))
    }
    fn get(&self) -> u32 {
        self.0.get()
    }
    fn set(&self, value: u32) {
        self.0.set(value);
    }
    fn joined(a: things::Thing, b: things::Thing) -> things::Thing {
        let sum = things::GuestThing::get(a.get::<MyThing>()) + things::GuestThing::get(b.get::<MyThing>());
        things::Thing::new(Self::new(sum))
    }
}

impl things::Guest for Subject {
    type Thing = MyThing;

    fn hops() -> u32 {
        0
    }
}
