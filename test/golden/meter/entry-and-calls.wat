;; A function that is called is its own twin; one that is exported too keeps its index as a thunk.
(module
  (func $inner (param i32) (result i32)
    local.get 0
    i32.const 1
    i32.add)
  (func $both (export "both") (param i32) (result i32)
    local.get 0
    call $inner)
  (func (export "outer") (result i32)
    i32.const 2
    call $both))
