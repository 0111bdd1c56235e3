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
  (memory (;0;) 1)
  (global (;0;) (mut i64) i64.const 0)
  (global (;1;) (mut i64) i64.const 0)
  (global (;2;) (mut i64) i64.const 0)
  (global (;3;) (mut i64) i64.const 0)
  (global (;4;) (mut i32) i32.const 0)
  (global (;5;) (mut i32) i32.const 0)
  (global (;6;) (mut i32) i32.const 0)
  (export "run" (func 0))
  (func (;0;) (type 0) (param i32) (result i32)
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
      call 1
      global.set 0
      call 0
      return
    end
    block ;; label = @1
      loop ;; label = @2
        block ;; label = @3
          loop ;; label = @4
            local.get 1
            i64.const -121
            i64.ge_s
            (@metadata.code.branch_hint "\00")
            br_if 1 (;@3;)
            block ;; label = @5
              block ;; label = @6
                block ;; label = @7
                  block ;; label = @8
                    local.get 0
                    i32.load8_u
                    br_table 0 (;@8;) 1 (;@7;) 2 (;@6;)
                  end
                  local.get 2
                  i32.const 1
                  i32.add
                  local.set 2
                  local.get 1
                  i64.const 5
                  i64.add
                  local.set 1
                  br 1 (;@6;)
                end
                local.get 2
                local.get 1
                i64.const 5
                i64.add
                global.set 0
                return
              end
              local.get 0
              i32.const 1
              i32.add
              local.set 0
              local.get 1
              i64.const 8
              i64.add
              local.set 1
              br 0 (;@5;)
              br 4 (;@1;)
            end
            block ;; label = @5
              block ;; label = @6
                block ;; label = @7
                  block ;; label = @8
                    local.get 0
                    i32.load8_u
                    br_table 0 (;@8;) 1 (;@7;) 2 (;@6;)
                  end
                  local.get 2
                  i32.const 1
                  i32.add
                  local.set 2
                  local.get 1
                  i64.const 5
                  i64.add
                  local.set 1
                  br 1 (;@6;)
                end
                local.get 2
                local.get 1
                i64.const 5
                i64.add
                global.set 0
                return
              end
              local.get 0
              i32.const 1
              i32.add
              local.set 0
              local.get 1
              i64.const 8
              i64.add
              local.set 1
              br 0 (;@5;)
              br 4 (;@1;)
            end
            block ;; label = @5
              block ;; label = @6
                block ;; label = @7
                  block ;; label = @8
                    local.get 0
                    i32.load8_u
                    br_table 0 (;@8;) 1 (;@7;) 2 (;@6;)
                  end
                  local.get 2
                  i32.const 1
                  i32.add
                  local.set 2
                  local.get 1
                  i64.const 5
                  i64.add
                  local.set 1
                  br 1 (;@6;)
                end
                local.get 2
                local.get 1
                i64.const 5
                i64.add
                global.set 0
                return
              end
              local.get 0
              i32.const 1
              i32.add
              local.set 0
              local.get 1
              i64.const 8
              i64.add
              local.set 1
              br 0 (;@5;)
              br 4 (;@1;)
            end
            block ;; label = @5
              block ;; label = @6
                block ;; label = @7
                  local.get 0
                  i32.load8_u
                  br_table 0 (;@7;) 1 (;@6;) 2 (;@5;)
                end
                local.get 2
                i32.const 1
                i32.add
                local.set 2
                local.get 1
                i64.const 5
                i64.add
                local.set 1
                br 1 (;@5;)
              end
              local.get 2
              local.get 1
              i64.const 5
              i64.add
              global.set 0
              return
            end
            local.get 0
            i32.const 1
            i32.add
            local.set 0
            local.get 1
            i64.const 8
            i64.add
            local.set 1
            br 0 (;@4;)
            br 3 (;@1;)
          end
        end
        loop ;; label = @3
          local.get 1
          i64.const -1
          i64.ge_s
          (@metadata.code.branch_hint "\00")
          if ;; label = @4
            local.get 1
            i64.const 1
            call 1
            local.set 1
            br 2 (;@2;)
          end
          block ;; label = @4
            block ;; label = @5
              block ;; label = @6
                local.get 0
                i32.load8_u
                br_table 0 (;@6;) 1 (;@5;) 2 (;@4;)
              end
              local.get 2
              i32.const 1
              i32.add
              local.set 2
              local.get 1
              i64.const 5
              i64.add
              local.set 1
              br 1 (;@4;)
            end
            local.get 2
            local.get 1
            i64.const 5
            i64.add
            global.set 0
            return
          end
          local.get 0
          i32.const 1
          i32.add
          local.set 0
          local.get 1
          i64.const 8
          i64.add
          local.set 1
          br 0 (;@3;)
          br 2 (;@1;)
        end
      end
      unreachable
    end
    unreachable
  )
)
