(module
  (type (;0;) (func))
  (type (;1;) (func (param i32) (result i32)))
  (type (;2;) (func (param i32 i32 f64 f64) (result f64)))
  (type (;3;) (func (param i64 i64) (result i64)))
  (type (;4;) (func))
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
  (export "f" (func 1))
  (export "$meter:call:f" (func 12))
  (export "$meter:slice" (func 4))
  (export "$meter:begin" (func 5))
  (export "$meter:exchange" (func 6))
  (export "$meter:used" (func 7))
  (export "$meter:earlier" (func 8))
  (export "$meter:unspent" (func 9))
  (export "$meter:settle" (func 10))
  (export "$meter:calls" (func 11))
  (export "$meter:hook" (table 0))
  (export "$meter:start" (func 13))
  (func $start (;0;) (type 0)
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
      call $start
      return
    end
    local.get 0
    i64.const 1
    i64.add
    global.set 0
  )
  (func (;1;) (type 1) (param i32) (result i32)
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
      call 2
      global.set 0
      call 1
      return
    end
    local.get 0
    local.get 1
    i64.const 2
    i64.add
    global.set 0
  )
  (func (;2;) (type 3) (param i64 i64) (result i64)
    (local f64 i64 i64)
    global.get 0
    global.get 1
    i64.add
    local.set 4
    local.get 0
    local.get 1
    i64.add
    global.set 0
    i32.const 0
    global.get 5
    global.get 0
    global.get 1
    i64.add
    f64.convert_i64_s
    global.get 2
    f64.convert_i64_s
    i32.const 0
    call_indirect (type 2)
    local.tee 2
    f64.const 0x0p+0 (;=0;)
    f64.gt
    i32.eqz
    if ;; label = @1
      unreachable
    end
    global.get 0
    global.get 1
    i64.add
    local.get 2
    i64.trunc_f64_s
    local.tee 3
    i64.add
    global.set 1
    i64.const 0
    local.get 3
    i64.sub
    global.set 0
    global.get 0
    local.get 1
    i64.sub
  )
  (func (;3;) (type 4)
    global.get 6
    i32.const 1
    i32.sub
    global.set 6
    global.get 6
    i32.const 0
    i32.lt_s
    if ;; label = @1
      i32.const 7
      global.set 6
      i32.const 5
      global.get 5
      f64.const 0x0p+0 (;=0;)
      f64.const 0x0p+0 (;=0;)
      i32.const 0
      call_indirect (type 2)
      f64.const 0x0p+0 (;=0;)
      f64.gt
      i32.eqz
      if ;; label = @2
        unreachable
      end
    end
  )
  (func (;4;) (type 5) (param f64)
    local.get 0
    i64.trunc_f64_s
    global.set 3
  )
  (func (;5;) (type 5) (param f64)
    (local i64)
    local.get 0
    i64.trunc_f64_s
    local.set 1
    global.get 2
    global.get 0
    i64.add
    global.get 1
    i64.add
    global.set 2
    local.get 1
    global.set 1
    i64.const 0
    local.get 1
    i64.sub
    global.set 0
    global.get 5
    i32.const 1
    i32.add
    global.set 5
  )
  (func (;6;) (type 7) (param f64) (result f64)
    (local i64 i64)
    global.get 0
    global.get 1
    i64.add
    local.tee 1
    local.get 0
    i64.trunc_f64_s
    local.tee 2
    i64.add
    global.set 1
    i64.const 0
    local.get 2
    i64.sub
    global.set 0
    local.get 1
    f64.convert_i64_s
  )
  (func (;7;) (type 6) (result f64)
    global.get 0
    global.get 1
    i64.add
    f64.convert_i64_s
  )
  (func (;8;) (type 6) (result f64)
    global.get 2
    f64.convert_i64_s
  )
  (func (;9;) (type 6) (result f64)
    i64.const 0
    global.get 0
    i64.sub
    f64.convert_i64_s
  )
  (func (;10;) (type 4)
    i32.const 0
    global.set 4
  )
  (func (;11;) (type 8) (result i32)
    global.get 5
  )
  (func (;12;) (type 1) (param i32) (result i32)
    global.get 4
    i32.eqz
    if ;; label = @1
      global.get 2
      global.get 0
      i64.add
      global.get 1
      i64.add
      global.set 2
      global.get 3
      global.set 1
      i64.const 0
      global.get 3
      i64.sub
      global.set 0
      global.get 5
      i32.const 1
      i32.add
      global.set 5
    end
    global.get 4
    i32.const 1
    i32.add
    global.set 4
    local.get 0
    call 1
    global.get 4
    i32.const 1
    i32.sub
    global.set 4
  )
  (func (;13;) (type 0)
    global.get 4
    i32.eqz
    if ;; label = @1
      global.get 2
      global.get 0
      i64.add
      global.get 1
      i64.add
      global.set 2
      global.get 3
      global.set 1
      i64.const 0
      global.get 3
      i64.sub
      global.set 0
      global.get 5
      i32.const 1
      i32.add
      global.set 5
    end
    global.get 4
    i32.const 1
    i32.add
    global.set 4
    call $start
    global.get 4
    i32.const 1
    i32.sub
    global.set 4
  )
)
