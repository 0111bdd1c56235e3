/** Imports of `wasi:io` and `wasi:http` that a component needs to write bodies. */
const IMPORTS = `
  (import "wasi:io/error@0.2.0" (instance $error (export "error" (type (sub resource)))))
  (alias export $error "error" (type $err))
  (import "wasi:io/streams@0.2.0" (instance $streams
    (export "error" (type $e (eq $err)))
    (export "output-stream" (type $os (sub resource)))
    (type $se0 (variant (case "last-operation-failed" (own $e)) (case "closed")))
    (export "stream-error" (type $se (eq $se0)))
    (export "[method]output-stream.write-zeroes" (func (param "self" (borrow $os)) (param "len" u64) (result (result (error $se)))))))
  (alias export $streams "output-stream" (type $os))
  (import "wasi:http/types@0.2.0" (instance $http
    (export "output-stream" (type $os2 (eq $os)))
    (export "fields" (type $f (sub resource)))
    (type $he0 (variant (case "invalid-syntax") (case "forbidden") (case "immutable")))
    (export "header-error" (type $he (eq $he0)))
    (export "outgoing-request" (type $req (sub resource)))
    (export "outgoing-body" (type $ob (sub resource)))
    (type $r1 (result (own $ob)))
    (type $r2 (result (own $os2)))
    (export "[constructor]fields" (func (result (own $f))))
    (export "[method]fields.append" (func (param "self" (borrow $f)) (param "name" string) (param "value" (list u8)) (result (result (error $he)))))
    (export "[method]fields.clone" (func (param "self" (borrow $f)) (result (own $f))))
    (export "[constructor]outgoing-request" (func (param "headers" (own $f)) (result (own $req))))
    (export "[method]outgoing-request.set-path-with-query" (func (param "self" (borrow $req)) (param "path" (option string)) (result (result))))
    (export "[method]outgoing-request.body" (func (param "self" (borrow $req)) (result $r1)))
    (export "[method]outgoing-body.write" (func (param "self" (borrow $ob)) (result $r2)))))
  (core module $mem (memory (export "memory") 1) (data (i32.const 256) "/abcdefg"))
  (core instance $mi (instantiate $mem))
  (alias core export $mi "memory" (core memory $memory))
  (core func $fields (canon lower (func $http "[constructor]fields")))
  (core func $append (canon lower (func $http "[method]fields.append") (memory $memory)))
  (core func $clone (canon lower (func $http "[method]fields.clone")))
  (core func $request (canon lower (func $http "[constructor]outgoing-request")))
  (core func $path (canon lower (func $http "[method]outgoing-request.set-path-with-query") (memory $memory)))
  (core func $body (canon lower (func $http "[method]outgoing-request.body") (memory $memory)))
  (core func $write (canon lower (func $http "[method]outgoing-body.write") (memory $memory)))
  (core func $zeroes (canon lower (func $streams "[method]output-stream.write-zeroes") (memory $memory)))`;

const CORE_IMPORTS = `
    (import "" "memory" (memory 1))
    (import "" "fields" (func $fields (result i32)))
    (import "" "append" (func $append (param i32 i32 i32 i32 i32 i32)))
    (import "" "clone" (func $clone (param i32) (result i32)))
    (import "" "request" (func $request (param i32) (result i32)))
    (import "" "path" (func $path (param i32 i32 i32 i32) (result i32)))
    (import "" "body" (func $body (param i32 i32)))
    (import "" "write" (func $write (param i32 i32)))
    (import "" "zeroes" (func $zeroes (param i32 i64 i32)))`;

/** A component with one exported function of a `u32`, whose body calls the functions of `CORE_IMPORTS`. */
export function httpGuest(name: string, code: string): string {
  return `(component ${IMPORTS}
  (core module $m ${CORE_IMPORTS}
    (func (export "${name}") (param $n i32) ${code}))
  (core instance $i (instantiate $m (with "" (instance
    (export "memory" (memory $memory)) (export "fields" (func $fields)) (export "append" (func $append))
    (export "clone" (func $clone)) (export "request" (func $request)) (export "path" (func $path))
    (export "body" (func $body)) (export "write" (func $write)) (export "zeroes" (func $zeroes))))))
  (func (export "${name}") (param "n" u32) (canon lift (core func $i "${name}"))))`;
}

/** Makes bodies of 16 MiB of zeroes, and drops nothing. Skips those that it does not get. */
export const BODY_GUEST = httpGuest(
  'run',
  `(local $s i32) (local $k i32)
   (loop $l
     (call $body (call $request (call $fields)) (i32.const 0))
     (if (i32.eqz (i32.load8_u (i32.const 0))) (then
       (call $write (i32.load (i32.const 4)) (i32.const 0))
       (local.set $s (i32.load (i32.const 4)))
       (local.set $k (i32.const 255))
       (loop $z
         (call $zeroes (local.get $s) (i64.const 65536) (i32.const 16))
         (br_if $z (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))))
     (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))`,
);
