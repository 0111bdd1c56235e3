(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func))
  (type (;2;) (func (param i32 i32 f64 f64) (result f64)))
  (type (;3;) (func (param i64 i64) (result i64)))
  (type (;4;) (func))
  (type (;5;) (func (param i32 i32 i32)))
  (type (;6;) (func (param f64)))
  (type (;7;) (func (result f64)))
  (type (;8;) (func (param f64) (result f64)))
  (type (;9;) (func (result i32)))
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global (;0;) (mut i64) i64.const 0)
  (global (;1;) (mut i64) i64.const 0)
  (global (;2;) (mut i64) i64.const 0)
  (global (;3;) (mut i64) i64.const 0)
  (global (;4;) (mut i32) i32.const 0)
  (global (;5;) (mut i32) i32.const 0)
  (global (;6;) (mut i32) i32.const 0)
  (export "fill" (func 0))
  (export "few" (func 1))
  (export "copy" (func 2))
  (func (;0;) (type 0) (param i32)
    (local i64 i32)
    global.get 0
    local.set 1
    local.get 1
    i64.const -1
    i64.ge_s
    (@metadata.code.branch_hint "\00")
    if ;; label = @1
      local.get 0
      local.get 1
      i64.const 1
      call 3
      global.set 0
      call 0
      return
    end
    i32.const 0
    i32.const 0
    local.get 0
    local.tee 2
    call 5
    local.get 1
    local.get 2
    i64.extend_i32_u
    i64.add
    local.set 1
    local.get 1
    i64.const -5
    i64.ge_s
    (@metadata.code.branch_hint "\00")
    if ;; label = @1
      local.get 1
      i64.const 5
      call 3
      local.set 1
    end
    local.get 1
    i64.const 5
    i64.add
    global.set 0
  )
  (func (;1;) (type 1)
    (local i64)
    global.get 0
    local.set 0
    local.get 0
    i64.const -1
    i64.ge_s
    (@metadata.code.branch_hint "\00")
    if ;; label = @1
      local.get 0
      i64.const 1
      call 3
      global.set 0
      call 1
      return
    end
    i32.const 0
    i32.const 0
    i32.const 16
    memory.fill
    local.get 0
    i64.const 21
    i64.add
    global.set 0
  )
  (func (;2;) (type 0) (param i32)
    (local i64 i32)
    global.get 0
    local.set 1
    local.get 1
    i64.const -1
    i64.ge_s
    (@metadata.code.branch_hint "\00")
    if ;; label = @1
      local.get 0
      local.get 1
      i64.const 1
      call 3
      global.set 0
      call 2
      return
    end
    i32.const 0
    i32.const 8
    local.get 0
    local.tee 2
    call 6
    local.get 1
    local.get 2
    i64.extend_i32_u
    i64.add
    local.set 1
    local.get 1
    i64.const -5
    i64.ge_s
    (@metadata.code.branch_hint "\00")
    if ;; label = @1
      local.get 1
      i64.const 5
      call 3
      local.set 1
    end
    local.get 1
    i64.const 5
    i64.add
    global.set 0
  )
)
