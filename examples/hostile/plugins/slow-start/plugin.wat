;; Counts to a trillion in its start function, before the host has called anything. The limits of a call hold there too: `timeMs`, `fuel`.
(component
  (core module $code
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
    (func (export "run") (param i32 i32) (result i32) (i32.const 16))
    (func $start
      (local $count i64)
      (loop $again
        (local.set $count (i64.add (local.get $count) (i64.const 1)))
        (br_if $again (i64.lt_u (local.get $count) (i64.const 1000000000000)))))
    (start $start))
  (core instance $code (instantiate $code))
  (func (export "run") (param "input" string) (result string)
    (canon lift (core func $code "run")
      (memory (core memory $code "memory"))
      (realloc (core func $code "realloc")))))
