;; Calls itself, and needs the result: no tail call. `stackDepth` ends the call.
(component
  (core module $code
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
    (func $deeper (param $level i32) (result i32)
      (i32.add (local.get $level) (call $deeper (i32.add (local.get $level) (i32.const 1)))))
    (func (export "run") (param i32 i32) (result i32)
      (call $deeper (i32.const 0))))
  (core instance $code (instantiate $code))
  (func (export "run") (param "input" string) (result string)
    (canon lift (core func $code "run")
      (memory (core memory $code "memory"))
      (realloc (core func $code "realloc")))))
