//! Scenarios `resource-in-aggregates`, `resource-borrow-in-record`, `resource-alias` and `resource-floats`.

use crate::Subject;
use crate::exports::wasm_plugin::scenarios::resource_in_aggregates::{
    self, Lending, Lent, Mixed, Owned, Owning, Part, PartBorrow,
};
use crate::exports::wasm_plugin::scenarios::{
    resource_alias, resource_alias_user, resource_borrow_in_record, resource_floats,
};

pub struct MyPart(u32);

impl resource_in_aggregates::GuestPart for MyPart {
    fn new(value: u32) -> Self {
        MyPart(value)
    }
}

impl resource_in_aggregates::Guest for Subject {
    type Part = MyPart;

    fn sum(
        a: Owning,
        b: Lending<'_>,
        c: Mixed<'_>,
        d: (Part, Owning),
        e: (PartBorrow<'_>,),
        f: Owned,
        g: Lent<'_>,
        h: Vec<Part>,
        i: Vec<PartBorrow<'_>>,
        j: Option<Part>,
        k: Option<PartBorrow<'_>>,
        l: Result<Part, ()>,
        m: Result<PartBorrow<'_>, ()>,
    ) -> u32 {
        let Owned::It(f) = f;
        let Lent::It(g) = g;
        let owned = [a.it, c.owned, d.0, d.1.it, f].into_iter().chain(h).chain(j).chain(l.ok());
        let lent = [b.it, c.lent, e.0, g].into_iter().chain(i).chain(k).chain(m.ok());
        owned.map(|part| part.get::<MyPart>().0).sum::<u32>()
            + lent.map(|part| part.get::<MyPart>().0).sum::<u32>()
    }
}

pub struct MyNamed(String);

impl resource_borrow_in_record::GuestNamed for MyNamed {
    fn new(name: String) -> Self {
        MyNamed(name)
    }
    fn get(&self) -> String {
        self.0.clone()
    }
}

impl resource_borrow_in_record::Guest for Subject {
    type Named = MyNamed;

    fn copies(all: Vec<resource_borrow_in_record::Holder<'_>>) -> Vec<resource_borrow_in_record::Named> {
        all.iter()
            .map(|holder| MyNamed(format!("{} copy", holder.it.get::<MyNamed>().0)))
            .map(resource_borrow_in_record::Named::new)
            .collect()
    }
}

pub struct MyItem(u32);

impl resource_alias::GuestItem for MyItem {
    fn new(value: u32) -> Self {
        MyItem(value)
    }
    fn value(&self) -> u32 {
        self.0
    }
}

impl resource_alias::Guest for Subject {
    type Item = MyItem;

    fn unwrapped(x: resource_alias::Held) -> Vec<resource_alias::Item> {
        vec![x.it]
    }
}

impl resource_alias_user::Guest for Subject {
    fn all(
        a: resource_alias_user::Held,
        b: resource_alias_user::Other,
        c: resource_alias::ItemBorrow<'_>,
    ) -> Vec<resource_alias::Item> {
        vec![a.it, b.it, resource_alias::Item::new(MyItem(c.get::<MyItem>().0))]
    }
}

pub struct MyReal(f64);

impl resource_floats::GuestReal for MyReal {
    fn new(value: f64) -> Self {
        MyReal(value)
    }
    fn get(&self) -> f64 {
        self.0
    }
    fn plus(real: resource_floats::Real, by: f64) -> resource_floats::Real {
        resource_floats::Real::new(MyReal(real.get::<MyReal>().0 + by))
    }
}

impl resource_floats::Guest for Subject {
    type Real = MyReal;

    fn sum(a: resource_floats::RealBorrow<'_>, b: resource_floats::RealBorrow<'_>) -> resource_floats::Real {
        resource_floats::Real::new(MyReal(a.get::<MyReal>().0 + b.get::<MyReal>().0))
    }
}
