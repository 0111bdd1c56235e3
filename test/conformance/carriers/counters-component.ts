/** The interface of the component with a resource. */
export const COUNTERS = 'test:suite/counters@1.0.0';

/**
 * A component with a resource `counter`: `constructor(start)`, `add(by)`, `equals(borrow<counter>)`, the static `merge(own, own)`, and
 * `live`, the number of counters that are there. A counter is an address of its value.
 */
export const COUNTERS_COMPONENT = `
(component
  (core module $objects
    (memory (export "memory") 1)
    (global $live (mut i32) (i32.const 0))
    (global $next (mut i32) (i32.const 1024))
    (func (export "make") (param $value i32) (result i32)
      (global.set $live (i32.add (global.get $live) (i32.const 1)))
      (global.set $next (i32.add (global.get $next) (i32.const 4)))
      (i32.store (global.get $next) (local.get $value))
      (global.get $next))
    (func (export "add") (param $at i32) (param $by i32) (result i32)
      (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (local.get $by)))
      (i32.load (local.get $at)))
    (func (export "equals") (param i32 i32) (result i32)
      (i32.eq (i32.load (local.get 0)) (i32.load (local.get 1))))
    (func (export "live") (result i32) (global.get $live))
    (func (export "drop") (param i32) (global.set $live (i32.sub (global.get $live) (i32.const 1)))))
  (core instance $objects (instantiate $objects))
  (type $counter (resource (rep i32) (dtor (core func $objects "drop"))))
  (core func $new (canon resource.new $counter))
  (core func $rep (canon resource.rep $counter))
  (core func $drop (canon resource.drop $counter))
  (core module $code
    (import "objects" "make" (func $make (param i32) (result i32)))
    (import "objects" "add" (func $add (param i32 i32) (result i32)))
    (import "handles" "new" (func $new (param i32) (result i32)))
    (import "handles" "rep" (func $rep (param i32) (result i32)))
    (import "handles" "drop" (func $drop (param i32)))
    (func (export "construct") (param i32) (result i32) (call $new (call $make (local.get 0))))
    (func (export "merge") (param $one i32) (param $other i32) (result i32)
      (local $sum i32)
      (local.set $sum (i32.add
        (call $add (call $rep (local.get $one)) (i32.const 0))
        (call $add (call $rep (local.get $other)) (i32.const 0))))
      (call $drop (local.get $one))
      (call $drop (local.get $other))
      (call $new (call $make (local.get $sum)))))
  (core instance $code (instantiate $code
    (with "objects" (instance $objects))
    (with "handles" (instance (export "new" (func $new)) (export "rep" (func $rep)) (export "drop" (func $drop))))))
  (func $construct (param "start" u32) (result (own $counter)) (canon lift (core func $code "construct")))
  (func $add (param "self" (borrow $counter)) (param "by" u32) (result u32) (canon lift (core func $objects "add")))
  (func $equals (param "self" (borrow $counter)) (param "other" (borrow $counter)) (result bool)
    (canon lift (core func $objects "equals")))
  (func $merge (param "one" (own $counter)) (param "other" (own $counter)) (result (own $counter))
    (canon lift (core func $code "merge")))
  (func $live (result u32) (canon lift (core func $objects "live")))
  (component $counters
    (import "counter" (type $r (sub resource)))
    (import "construct" (func $construct (param "start" u32) (result (own $r))))
    (import "add" (func $add (param "self" (borrow $r)) (param "by" u32) (result u32)))
    (import "equals" (func $equals (param "self" (borrow $r)) (param "other" (borrow $r)) (result bool)))
    (import "merge" (func $merge (param "one" (own $r)) (param "other" (own $r)) (result (own $r))))
    (import "live" (func $live (result u32)))
    (export $counter "counter" (type $r))
    (export "[constructor]counter" (func $construct) (func (param "start" u32) (result (own $counter))))
    (export "[method]counter.add" (func $add)
      (func (param "self" (borrow $counter)) (param "by" u32) (result u32)))
    (export "[method]counter.equals" (func $equals)
      (func (param "self" (borrow $counter)) (param "other" (borrow $counter)) (result bool)))
    (export "[static]counter.merge" (func $merge)
      (func (param "one" (own $counter)) (param "other" (own $counter)) (result (own $counter))))
    (export "live" (func $live)))
  (instance $counters (instantiate $counters
    (with "counter" (type $counter))
    (with "construct" (func $construct))
    (with "add" (func $add))
    (with "equals" (func $equals))
    (with "merge" (func $merge))
    (with "live" (func $live))))
  (export "${COUNTERS}" (instance $counters)))`;
