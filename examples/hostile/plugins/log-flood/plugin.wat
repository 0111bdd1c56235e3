;; Logs a million lines. `logLinesPerSecond` drops most of them; `hostCalls` ends the call.
(component
  (import "wasm-plugin:abi/log@0.1.0" (instance $log
    (type $level' (enum "trace" "debug" "info" "warn" "error"))
    (export "level" (type $level (eq $level')))
    (export "log" (func (param "level" $level) (param "message" string)))))
  (core module $memory
    (memory (export "memory") 1)
    (data (i32.const 16) "Look at me"))
  (core instance $memory (instantiate $memory))
  (core func $log (canon lower (func $log "log") (memory (core memory $memory "memory"))))
  (core module $code
    (import "host" "memory" (memory 1))
    (import "host" "log" (func $log (param $level i32) (param $text i32) (param $bytes i32)))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024))
    (func (export "run") (param i32 i32) (result i32)
      (local $line i32)
      (loop $again
        (call $log (i32.const 4) (i32.const 16) (i32.const 10))
        (local.set $line (i32.add (local.get $line) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $line) (i32.const 1000000))))
      (i32.const 32)))
  (core instance $code (instantiate $code (with "host" (instance
    (export "memory" (memory $memory "memory"))
    (export "log" (func $log))))))
  (func (export "run") (param "input" string) (result string)
    (canon lift (core func $code "run")
      (memory (core memory $memory "memory"))
      (realloc (core func $code "realloc")))))
