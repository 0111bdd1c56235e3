;; The loop of an interpreter: nothing is known of its rounds, several share a check.
(module
  (memory 1)
  (func (export "run") (param i32) (result i32)
    (local i32)
    loop
      block
        block
          block
            local.get 0
            i32.load8_u
            br_table 0 1 2
          end
          local.get 1
          i32.const 1
          i32.add
          local.set 1
          br 1
        end
        local.get 1
        return
      end
      local.get 0
      i32.const 1
      i32.add
      local.set 0
      br 0
    end
    unreachable))
