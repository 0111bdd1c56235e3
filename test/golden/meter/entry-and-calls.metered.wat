(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (result i32)))
  (type (;2;) (func (param i32 i32 f64 f64) (result f64)))
  (type (;3;) (func (param i64 i64) (result i64)))
  (type (;4;) (func))
  (type (;5;) (func (param i32 i64) (result i32 i64)))
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
  (export "both" (func $both))
  (export "outer" (func 2))
  (func $inner (;0;) (type 5) (param i32 i64) (result i32 i64)
    local.get 1
    i64.const -1
    i64.ge_s
    (@metadata.code.branch_hint "\00")
    if ;; label = @1
      local.get 0
      local.get 1
      i64.const 1
      call 3
      call $inner
      return
    end
    local.get 0
    i32.const 1
    i32.add
    local.get 1
    i64.const 4
    i64.add
  )
  (func $both (;1;) (type 0) (param i32) (result i32)
    local.get 0
    global.get 0
    call $"#func5 both"
    global.set 0
  )
  (func (;2;) (type 1) (result i32)
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
      call 2
      return
    end
    i32.const 2
    local.get 0
    i64.const 3
    i64.add
    call $"#func5 both"
    local.set 0
    local.get 0
    global.set 0
  )
  (func $"#func5 both" (@name "both") (;5;) (type 5) (param i32 i64) (result i32 i64)
    local.get 1
    i64.const -1
    i64.ge_s
    (@metadata.code.branch_hint "\00")
    if ;; label = @1
      local.get 0
      local.get 1
      i64.const 1
      call 3
      call $"#func5 both"
      return
    end
    local.get 0
    local.get 1
    i64.const 3
    i64.add
    call $inner
    local.set 1
    local.get 1
  )
)
