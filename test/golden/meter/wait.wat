;; plan: {"sharedMemories":true}
;; The timeout is cut to the deadline, and a thread that wakes up behind it traps.
(module
  (memory 1 1 shared)
  (func (export "wait") (param i64) (result i32)
    i32.const 0
    i32.const 0
    local.get 0
    memory.atomic.wait32))
