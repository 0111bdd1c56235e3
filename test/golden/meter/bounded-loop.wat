;; Another way leads out of the loop, so its rounds are only bounded: one check in front of them.
(module
  (memory 1)
  (func (export "find") (param i32 i32) (result i32)
    (local i32)
    loop
      local.get 2
      i32.load8_u
      local.get 1
      i32.eq
      if
        local.get 2
        return
      end
      local.get 2
      i32.const 1
      i32.add
      local.tee 2
      local.get 0
      i32.lt_u
      br_if 0
    end
    i32.const -1))
