;; plan: {"stackDepth":"shared"}
;; As with one instance, but functions that others may reach read and set the depth through the table.
(module
  (func $down (param i32)
    local.get 0
    if
      local.get 0
      i32.const 1
      i32.sub
      call $down
    end)
  (func (export "down") (param i32)
    local.get 0
    call $down))
