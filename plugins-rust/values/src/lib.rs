//! A guest that echoes every kind of WIT value, by itself or through the host.

mod echo;
mod items;
mod token_calls;

wit_bindgen::generate!({ path: "wit", world: "values", generate_all });

struct Values;

export!(Values);
