;; Makes one resource after the other and drops none. `handles` ends the call.
(component
  (type $ticket (resource (rep i32)))
  (core func $new (canon resource.new $ticket))
  (core module $code
    (import "tickets" "new" (func $new (param $number i32) (result i32)))
    (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
    (func (export "run") (param i32 i32) (result i32)
      (loop $again
        (drop (call $new (i32.const 1)))
        (br $again))
      unreachable))
  (core instance $code (instantiate $code (with "tickets" (instance (export "new" (func $new))))))
  (func (export "run") (param "input" string) (result string)
    (canon lift (core func $code "run")
      (memory (core memory $code "memory"))
      (realloc (core func $code "realloc")))))
