wit_bindgen::generate!({ path: "wit", world: "greeter" });

struct Plugin;

impl Guest for Plugin {
    fn greet(name: String) -> String {
        format!("Hello, {name}, from Rust!")
    }
}

export!(Plugin);
