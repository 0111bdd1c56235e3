;; A loop of unknown rounds without a call: the refuel stands behind it.
(module
  (memory 1)
  (func (export "f") (param i32) (result i32)
    loop
      local.get 0
      i32.load
      local.tee 0
      br_if 0
    end
    local.get 0))
