;; Costs are carried along as an offset; only branches that arrive with another offset pay.
(module
  (func (export "f") (param i32) (result i32)
    block
      block
        block
          local.get 0
          br_table 0 1 2
        end
        i32.const 10
        return
      end
      local.get 0
      if
        nop
        i32.const 1
        local.set 0
      else
        i32.const 2
        i32.const 3
        i32.add
        local.set 0
      end
    end
    local.get 0))
