;; Returns a text of 8 MiB, which is all there: the host would have to take it. `hostBytes` ends the call.
(component
  (core module $code
    (memory (export "memory") 129)
    (data (i32.const 16) "\00\00\01\00" "\00\00\80\00") ;; address 2^16, 2^23 bytes
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
    (func (export "run") (param i32 i32) (result i32)
      (memory.fill (i32.const 0x10000) (i32.const 0x21) (i32.const 0x800000)) ;; "!"
      (i32.const 16)))
  (core instance $code (instantiate $code))
  (func (export "run") (param "input" string) (result string)
    (canon lift (core func $code "run")
      (memory (core memory $code "memory"))
      (realloc (core func $code "realloc")))))
