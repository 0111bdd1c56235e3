(module
  (type (;0;) (func (result i32)))
  (type (;1;) (func))
  (type (;2;) (func (param i32 i32 f64 f64) (result f64)))
  (type (;3;) (func (param i64 i64) (result i64)))
  (type (;4;) (func))
  (type (;5;) (func (param f64)))
  (type (;6;) (func (result f64)))
  (type (;7;) (func (param f64) (result f64)))
  (type (;8;) (func (result i32)))
  (import "host" "f" (func $f (;0;) (type 0)))
  (table (;0;) 1 1 funcref)
  (global (;0;) (mut i64) i64.const 0)
  (global (;1;) (mut i64) i64.const 0)
  (global (;2;) (mut i64) i64.const 0)
  (global (;3;) (mut i64) i64.const 0)
  (global (;4;) (mut i32) i32.const 0)
  (global (;5;) (mut i32) i32.const 0)
  (global (;6;) (mut i32) i32.const 0)
  (export "f" (func 1))
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
      call 2
      global.set 0
      call 1
      return
    end
    loop ;; label = @1
      local.get 0
      i64.const -1
      i64.ge_s
      (@metadata.code.branch_hint "\00")
      if ;; label = @2
        local.get 0
        i64.const 1
        call 2
        local.set 0
      end
      local.get 0
      i64.const 2
      i64.add
      global.set 0
      call $f
      global.get 0
      local.set 0
      br_if 0 (;@1;)
    end
    local.get 0
    i64.const 1
    i64.add
    global.set 0
  )
)
