;; What is moved costs 1 a unit: counted and checked behind the instruction, unless a small constant.
(module
  (memory 1)
  (func (export "fill") (param i32)
    i32.const 0
    i32.const 0
    local.get 0
    memory.fill)
  (func (export "few")
    i32.const 0
    i32.const 0
    i32.const 16
    memory.fill)
  (func (export "copy") (param i32)
    i32.const 0
    i32.const 8
    local.get 0
    memory.copy))
