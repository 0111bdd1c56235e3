(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i32 i32 f64 f64) (result f64)))
  (type (;2;) (func (param i64 i64) (result i64)))
  (type (;3;) (func))
  (type (;4;) (func (param f64)))
  (type (;5;) (func (result f64)))
  (type (;6;) (func (param f64) (result f64)))
  (type (;7;) (func (result i32)))
  (table (;0;) 1 1 funcref)
  (global (;0;) (mut i64) i64.const 0)
  (global (;1;) (mut i64) i64.const 0)
  (global (;2;) (mut i64) i64.const 0)
  (global (;3;) (mut i64) i64.const 0)
  (global (;4;) (mut i32) i32.const 0)
  (global (;5;) (mut i32) i32.const 0)
  (global (;6;) (mut i32) i32.const 0)
  (export "f" (func 0))
  (func (;0;) (type 0) (param i32) (result i32)
    (local i64 i32 i32 i32 i64)
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
    block ;; label = @1
      block ;; label = @2
        block ;; label = @3
          local.get 3
          i32.const 1
          i32.add
          local.set 4
          local.get 0
          local.get 4
          i32.sub
          i32.const 0
          local.get 4
          local.get 0
          i32.lt_s
          select
          i64.extend_i32_u
          local.set 5
          local.get 1
          local.get 5
          i64.const 11
          i64.mul
          i64.add
          i64.const -1
          i64.lt_s
          br_if 1 (;@2;)
        end
        loop ;; label = @3
          block ;; label = @4
            loop ;; label = @5
              local.get 1
              i64.const -1
              i64.ge_s
              (@metadata.code.branch_hint "\00")
              br_if 1 (;@4;)
              local.get 2
              local.get 3
              i32.add
              local.set 2
              local.get 3
              i32.const 1
              i32.add
              local.tee 3
              local.get 0
              i32.lt_s
              local.get 1
              i64.const 11
              i64.add
              local.set 1
              br_if 0 (;@5;)
            end
            br 3 (;@1;)
          end
          local.get 1
          i64.const 1
          call 1
          local.set 1
          br 0 (;@3;)
        end
        unreachable
      end
      local.get 1
      local.get 5
      i64.const 11
      i64.mul
      i64.add
      i64.const 11
      i64.add
      local.set 1
      loop ;; label = @2
        local.get 2
        local.get 3
        i32.add
        local.set 2
        local.get 3
        i32.const 1
        i32.add
        local.tee 3
        local.get 0
        i32.lt_s
        br_if 0 (;@2;)
      end
    end
    local.get 2
    local.get 1
    i64.const 2
    i64.add
    global.set 0
  )
)
