//! Uses of the host's resources by the guest.

use core::cell::RefCell;

use crate::Values;
use crate::exports::wasm_plugin::values::token_calls::{Guest, Token};
use crate::wasm_plugin::values::tokens;

thread_local! {
    static KEPT: RefCell<Option<Token>> = const { RefCell::new(None) };
}

impl Guest for Values {
    fn make(label: String) -> Token {
        Token::new(&label)
    }

    fn label(x: &Token) -> String {
        x.label()
    }

    fn rename(x: &Token, label: String) {
        x.rename(&label);
    }

    fn join(a: Token, b: Token) -> Token {
        Token::join(a, b)
    }

    fn same(a: &Token, b: &Token) -> bool {
        a.same(b)
    }

    fn pass(x: Token) -> Token {
        tokens::pass(x)
    }

    fn read(x: &Token) -> String {
        tokens::read(x)
    }

    fn reverse(x: Vec<Token>) -> Vec<Token> {
        tokens::reverse(x)
    }

    fn find(label: String) -> Result<Token, String> {
        tokens::find(&label)
    }

    fn discard(x: Token) {
        drop(x);
    }

    fn keep(x: Token) {
        KEPT.replace(Some(x));
    }

    fn release() -> Option<Token> {
        KEPT.take()
    }
}
