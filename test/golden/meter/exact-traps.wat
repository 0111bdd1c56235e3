;; plan: {"exactTraps":true}
;; The counter is left in the global too when it is passed on, so that a trap finds it there.
(module
  (memory 1)
  (func $inner (param i32) (result i32)
    local.get 0
    i32.load)
  (func (export "outer") (param i32) (result i32)
    local.get 0
    call $inner))
