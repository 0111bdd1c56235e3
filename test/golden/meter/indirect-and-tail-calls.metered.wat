(module
  (type $f (;0;) (func (result i32)))
  (type (;1;) (func (param i32) (result i32)))
  (type (;2;) (func (param i32 i32 f64 f64) (result f64)))
  (type (;3;) (func (param i64 i64) (result i64)))
  (type (;4;) (func))
  (type (;5;) (func (param f64)))
  (type (;6;) (func (result f64)))
  (type (;7;) (func (param f64) (result f64)))
  (type (;8;) (func (result i32)))
  (table (;0;) 2 2 funcref)
  (table (;1;) 1 1 funcref)
  (global (;0;) (mut i64) i64.const 0)
  (global (;1;) (mut i64) i64.const 0)
  (global (;2;) (mut i64) i64.const 0)
  (global (;3;) (mut i64) i64.const 0)
  (global (;4;) (mut i32) i32.const 0)
  (global (;5;) (mut i32) i32.const 0)
  (global (;6;) (mut i32) i32.const 0)
  (export "by-table" (func 2))
  (elem (;0;) (table 0) (i32.const 0) func $g $t)
  (func $g (;0;) (type $f) (result i32)
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
      call $g
      return
    end
    i32.const 1
    local.get 0
    i64.const 2
    i64.add
    global.set 0
  )
  (func $t (;1;) (type $f) (result i32)
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
      call $t
      return
    end
    local.get 0
    i64.const 2
    i64.add
    global.set 0
    return_call $g
  )
  (func (;2;) (type 1) (param i32) (result i32)
    (local i64)
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
    local.get 0
    local.get 1
    i64.const 3
    i64.add
    global.set 0
    call_indirect (type $f)
  )
)
