(module
  (type (;0;) (func (param i32)))
  (type (;1;) (func (param i32 i32 f64 f64) (result f64)))
  (type (;2;) (func (param i64 i64) (result i64)))
  (type (;3;) (func))
  (type (;4;) (func (param i32)))
  (type (;5;) (func (param i32 i64) (result i64)))
  (type (;6;) (func (param f64)))
  (type (;7;) (func (result f64)))
  (type (;8;) (func (param f64) (result f64)))
  (type (;9;) (func (result i32)))
  (table (;0;) 1 1 funcref)
  (global (;0;) (mut i64) i64.const 0)
  (global (;1;) (mut i64) i64.const 0)
  (global (;2;) (mut i64) i64.const 0)
  (global (;3;) (mut i64) i64.const 0)
  (global (;4;) (mut i32) i32.const 0)
  (global (;5;) (mut i32) i32.const 0)
  (global (;6;) (mut i32) i32.const 0)
  (global (;7;) (mut i32) i32.const 0)
  (global (;8;) (mut i32) i32.const 0)
  (global (;9;) (mut i32) i32.const 2147483647)
  (export "down" (func 1))
  (func $down (;0;) (type 5) (param i32 i64) (result i64)
    (local i32)
    local.get 1
    i64.const -1
    i64.ge_s
    (@metadata.code.branch_hint "\00")
    if ;; label = @1
      local.get 0
      local.get 1
      i64.const 1
      call 2
      call $down
      return
    end
    global.get 7
    i32.const 1
    i32.add
    local.tee 2
    global.get 8
    i32.gt_s
    (@metadata.code.branch_hint "\00")
    if ;; label = @1
      local.get 2
      call 4
    end
    local.get 0
    if ;; label = @1
      local.get 0
      i32.const 1
      i32.sub
      local.get 2
      global.set 7
      local.get 1
      i64.const 7
      i64.add
      call $down
      local.set 1
      local.get 1
      i64.const -3
      i64.add
      local.set 1
    end
    local.get 1
    i64.const 3
    i64.add
  )
  (func (;1;) (type 0) (param i32)
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
      call 2
      global.set 0
      call 1
      return
    end
    global.get 7
    i32.const 1
    i32.add
    local.tee 2
    global.get 8
    i32.gt_s
    (@metadata.code.branch_hint "\00")
    if ;; label = @1
      local.get 2
      call 4
    end
    local.get 0
    local.get 2
    global.set 7
    local.get 1
    i64.const 3
    i64.add
    call $down
    local.set 1
    local.get 2
    i32.const 1
    i32.sub
    global.set 7
    local.get 1
    global.set 0
  )
)
