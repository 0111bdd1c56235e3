;; all
;; The smallest module with an export and a start function: everything that is appended.
(module
  (func $start)
  (func (export "f") (param i32) (result i32)
    local.get 0)
  (start $start))
