;; Growth asks the host's budget first; only what was grown is charged.
(module
  (memory 1)
  (table 1 funcref)
  (func (export "memory") (param i32) (result i32)
    local.get 0
    memory.grow)
  (func (export "table") (param i32) (result i32)
    ref.null func
    local.get 0
    table.grow 0))
