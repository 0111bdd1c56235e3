(module
  (type (;0;) (func (param i32) (result i32 i64)))
  (type (;1;) (func (param i32 i32 f64 f64) (result f64)))
  (type (;2;) (func (param i64 i64) (result i64)))
  (type (;3;) (func))
  (type (;4;) (func (result i32 i64)))
  (type (;5;) (func (param f64)))
  (type (;6;) (func (result f64)))
  (type (;7;) (func (param f64) (result f64)))
  (type (;8;) (func (result i32)))
  (table (;0;) 1 1 funcref)
  (global (;0;) (mut i64) i64.const 0)
  (global (;1;) (mut i64) i64.const 0)
  (global (;2;) (mut i64) i64.const 0)
  (global (;3;) (mut i64) i64.const 0)
  (global (;4;) (mut i32) i32.const 0)
  (global (;5;) (mut i32) i32.const 0)
  (global (;6;) (mut i32) i32.const 0)
  (export "f" (func 0))
  (func (;0;) (type 0) (param i32) (result i32 i64)
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
      call 1
      global.set 0
      call 0
      return
    end
    block (type 4) (result i32 i64) ;; label = @1
      i32.const 1
      i64.const 2
      local.get 0
      br_if 0 (;@1;)
      drop
      drop
      i32.const 3
      i64.const 4
      local.get 1
      i64.const 2
      i64.add
      local.set 1
    end
    local.get 1
    i64.const 5
    i64.add
    global.set 0
  )
)
