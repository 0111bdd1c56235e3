;; A loop with a call of an import: the counter is in the global around it, the check is at the header.
(module
  (import "host" "f" (func $f (result i32)))
  (func (export "f")
    loop
      call $f
      br_if 0
    end))
