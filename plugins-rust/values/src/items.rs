//! Resources that the guest owns.

use core::cell::RefCell;
use core::sync::atomic::{AtomicU32, Ordering};

use crate::Values;
use crate::exports::wasm_plugin::values::items::{Guest, GuestItem, Item, ItemBorrow};

static LIVE: AtomicU32 = AtomicU32::new(0);

pub struct Labelled(RefCell<String>);

impl Drop for Labelled {
    fn drop(&mut self) {
        LIVE.fetch_sub(1, Ordering::Relaxed);
    }
}

impl GuestItem for Labelled {
    fn new(label: String) -> Self {
        LIVE.fetch_add(1, Ordering::Relaxed);
        Labelled(RefCell::new(label))
    }

    fn label(&self) -> String {
        self.0.borrow().clone()
    }

    fn rename(&self, label: String) {
        self.0.replace(label);
    }

    fn join(a: Item, b: Item) -> Item {
        Item::new(Labelled::new(a.get::<Labelled>().label() + &b.get::<Labelled>().label()))
    }

    fn same(&self, other: ItemBorrow<'_>) -> bool {
        self.label() == other.get::<Labelled>().label()
    }
}

impl Guest for Values {
    type Item = Labelled;

    fn pass(x: Item) -> Item {
        x
    }

    fn read(x: ItemBorrow<'_>) -> String {
        x.get::<Labelled>().label()
    }

    fn reverse(mut x: Vec<Item>) -> Vec<Item> {
        x.reverse();
        x
    }

    fn find(label: String) -> Result<Item, String> {
        if label.is_empty() { Err("no label".into()) } else { Ok(Item::new(Labelled::new(label))) }
    }

    fn compare((a, b): (ItemBorrow<'_>, ItemBorrow<'_>)) -> bool {
        a.get::<Labelled>().same(b)
    }

    fn maybe(x: Option<Item>) -> Option<String> {
        x.map(|item| item.get::<Labelled>().label())
    }

    fn live() -> u32 {
        LIVE.load(Ordering::Relaxed)
    }
}
