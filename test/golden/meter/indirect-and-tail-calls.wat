;; Calls by reference leave the counter in the global; so do tail calls, whose callees are no twins.
(module
  (type $f (func (result i32)))
  (table funcref (elem $g $t))
  (func $g (type $f)
    i32.const 1)
  (func $t (type $f)
    return_call $g)
  (func (export "by-table") (param i32) (result i32)
    local.get 0
    call_indirect (type $f)))
