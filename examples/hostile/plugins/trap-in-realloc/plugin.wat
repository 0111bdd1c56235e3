;; Traps when the host asks for room for the input: the call ends before it has begun.
(component
  (core module $code
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
    (func (export "run") (param i32 i32) (result i32) (i32.const 16)))
  (core instance $code (instantiate $code))
  (func (export "run") (param "input" string) (result string)
    (canon lift (core func $code "run")
      (memory (core memory $code "memory"))
      (realloc (core func $code "realloc")))))
