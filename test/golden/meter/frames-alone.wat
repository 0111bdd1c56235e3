;; plan: {"stackDepth":"alone"}
;; A function takes its caller's depth and one more, and says its own before each call.
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
