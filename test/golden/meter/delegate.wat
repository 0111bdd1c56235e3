;; A delegate is no label behind which code goes on by itself; its own target is counted in the new body.
(module
  (tag $e)
  (func (export "f") (param i32) (result i32)
    try $outer
      loop
        try
          local.get 0
          i32.eqz
          if
            throw $e
          end
        delegate $outer
        local.get 0
        i32.const 1
        i32.sub
        local.tee 0
        br_if 0
      end
    catch $e
      i32.const 7
      return
    end
    local.get 0))
