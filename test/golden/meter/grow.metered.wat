(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i32 i32 f64 f64) (result f64)))
  (type (;2;) (func (param i64 i64) (result i64)))
  (type (;3;) (func))
  (type (;4;) (func (param i32) (result i32)))
  (type (;5;) (func (param funcref i32) (result i32)))
  (type (;6;) (func (param f64)))
  (type (;7;) (func (result f64)))
  (type (;8;) (func (param f64) (result f64)))
  (type (;9;) (func (result i32)))
  (table (;0;) 1 funcref)
  (table (;1;) 1 1 funcref)
  (memory (;0;) 1)
  (global (;0;) (mut i64) i64.const 0)
  (global (;1;) (mut i64) i64.const 0)
  (global (;2;) (mut i64) i64.const 0)
  (global (;3;) (mut i64) i64.const 0)
  (global (;4;) (mut i32) i32.const 0)
  (global (;5;) (mut i32) i32.const 0)
  (global (;6;) (mut i32) i32.const 0)
  (export "memory" (func 0))
  (export "table" (func 1))
  (func (;0;) (type 0) (param i32) (result i32)
    (local i64 i32 i32)
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
      call 2
      global.set 0
      call 0
      return
    end
    local.get 0
    local.tee 2
    call 4
    local.tee 3
    local.get 3
    i32.const -1
    i32.ne
    if ;; label = @1
      local.get 1
      local.get 2
      i64.extend_i32_u
      i64.add
      local.set 1
      local.get 1
      i64.const -3
      i64.ge_s
      (@metadata.code.branch_hint "\00")
      if ;; label = @2
        local.get 1
        i64.const 3
        call 2
        local.set 1
      end
    end
    local.get 1
    i64.const 3
    i64.add
    global.set 0
  )
  (func (;1;) (type 0) (param i32) (result i32)
    (local i64 i32 i32)
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
      call 2
      global.set 0
      call 1
      return
    end
    ref.null func
    local.get 0
    local.tee 2
    call 5
    local.tee 3
    local.get 3
    i32.const -1
    i32.ne
    if ;; label = @1
      local.get 1
      local.get 2
      i64.extend_i32_u
      i64.add
      local.set 1
      local.get 1
      i64.const -4
      i64.ge_s
      (@metadata.code.branch_hint "\00")
      if ;; label = @2
        local.get 1
        i64.const 4
        call 2
        local.set 1
      end
    end
    local.get 1
    i64.const 4
    i64.add
    global.set 0
  )
)
