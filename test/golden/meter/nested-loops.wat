;; A loop around a loop of constant rounds: the inner one costs nothing in the copy.
(module
  (memory 1)
  (func (export "f") (param i32)
    (local i32 i32)
    loop
      i32.const 0
      local.set 2
      loop
        local.get 2
        i32.const 2
        i32.shl
        local.get 1
        i32.store
        local.get 2
        i32.const 1
        i32.add
        local.tee 2
        i32.const 4
        i32.lt_s
        br_if 0
      end
      local.get 1
      i32.const 1
      i32.add
      local.tee 1
      local.get 0
      i32.lt_s
      br_if 0
    end))
