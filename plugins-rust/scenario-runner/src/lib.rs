//! A guest that calls the interface of each scenario, and says whether each answer is right.

mod compounds;
mod resources;
mod values;

wit_bindgen::generate!({ path: "../../test/bindings/scenarios/wit", world: "runner", generate_all });

/// The first check that failed, if any.
pub type Outcome = Result<(), String>;

/// Ends a scenario where a check fails.
#[macro_export]
macro_rules! check {
    ($is_right:expr, $what:literal) => {
        if !$is_right {
            return Err($what.into());
        }
    };
}

struct Runner;

fn versions() -> Outcome {
    check!(wasm_plugin::gauge0_1_0::gauge::level() == 42, "level");
    check!(wasm_plugin::gauge0_2_0::gauge::level(5.0) == 2.5, "level");
    Ok(())
}

fn smoke() -> Outcome {
    check!(thunk() + 1 == thunk(), "thunk");
    Ok(())
}

impl Guest for Runner {
    fn run(scenario: String) -> Outcome {
        match scenario.as_str() {
            "numbers" => values::numbers(),
            "strings" => values::strings(),
            "lists" => values::lists(),
            "options" => values::options(),
            "many-arguments" => values::many_arguments(),
            "records" => compounds::records(),
            "variants" => compounds::variants(),
            "flavorful" => compounds::flavorful(),
            "results" => compounds::results(),
            "list-in-variant" => compounds::list_in_variant(),
            "resources" => resources::resources(),
            "resource-with-lists" => resources::resource_with_lists(),
            "resource-borrow" => resources::resource_borrow(),
            "resource-in-aggregates" => resources::resource_in_aggregates(),
            "resource-borrow-in-record" => resources::resource_borrow_in_record(),
            "resource-alias" => resources::resource_alias(),
            "resource-floats" => resources::resource_floats(),
            "resource-import-and-export" => resources::things(),
            "versions" => versions(),
            "smoke" => smoke(),
            _ => Err("the name of the scenario".into()),
        }
    }
}

export!(Runner);
