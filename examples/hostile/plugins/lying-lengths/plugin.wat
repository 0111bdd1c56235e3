;; Returns a text of 2 GiB in a memory of 64 KiB. The engine checks each address and length: a trap.
(component
  (core module $code
    (memory (export "memory") 1)
    (data (i32.const 16) "\20\00\00\00" "\ff\ff\ff\7f") ;; address 32, 2^31 - 1 bytes
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
    (func (export "run") (param i32 i32) (result i32) (i32.const 16)))
  (core instance $code (instantiate $code))
  (func (export "run") (param "input" string) (result string)
    (canon lift (core func $code "run")
      (memory (core memory $code "memory"))
      (realloc (core func $code "realloc")))))
