//! Divides texts into words.

use unicode_segmentation::UnicodeSegmentation;

wit_bindgen::generate!({ path: "wit", world: "tokenizer" });

struct Plugin;

impl Guest for Plugin {
    fn tokenize(text: String) -> Vec<Token> {
        text.unicode_word_indices()
            .map(|(start, word)| Token {
                text: word.to_string(),
                start: start as u32,
                end: (start + word.len()) as u32,
            })
            .collect()
    }
}

export!(Plugin);
