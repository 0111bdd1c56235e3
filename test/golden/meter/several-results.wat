;; A function with a branch to its end is wrapped in a block, of a type of its own if it has several results.
(module
  (func (export "f") (param i32) (result i32 i64)
    i32.const 1
    i64.const 2
    local.get 0
    br_if 0
    drop
    drop
    i32.const 3
    i64.const 4))
