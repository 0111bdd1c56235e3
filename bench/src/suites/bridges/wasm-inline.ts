import { parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { createEngine, openLane } from '@wasm-plugin/engine';
import { FRAMES, type OpenWay } from './way.js';

/** The echo as a component: its buffers are at 1024 and 2048; the lane record at 64 names them. */
const COMPONENT = `
(component
  (core module $code
    (memory (export "memory") 1)
    (data (i32.const 64) "\\00\\00\\00\\00\\00\\00\\00\\00" "\\60\\00\\00\\00" "\\01\\00\\00\\00" "\\64\\00\\00\\00" "\\01\\00\\00\\00" "\\80\\00\\00\\00")
    (data (i32.const 96) "\\00\\04\\00\\00" "\\00\\08\\00\\00")
    (func (export "prepare") (param f64 i32 i32) (result i32) (i32.const 64))
    (func (export "process") (param $frames i32)
      (memory.copy (i32.const 2048) (i32.const 1024) (i32.shl (local.get $frames) (i32.const 2))))
    (func (export "schema") (result i32) (i32.const 1)))
  (core instance $code (instantiate $code))
  (type $setup' (record (field "sample-rate-hz" f64) (field "max-frames" u32) (field "channels" u32)))
  (type $error' (variant (case "unsupported-setup" string) (case "unknown-parameter" u32) (case "invalid-value" f64)))
  (type $lane' (record (field "inputs" (list u32)) (field "outputs" (list u32)) (field "max-frames" u32)))
  (component $realtime
    (type $setup' (record (field "sample-rate-hz" f64) (field "max-frames" u32) (field "channels" u32)))
    (import "setup" (type $setup (eq $setup')))
    (type $error' (variant (case "unsupported-setup" string) (case "unknown-parameter" u32) (case "invalid-value" f64)))
    (import "audio-error" (type $error (eq $error')))
    (type $lane' (record (field "inputs" (list u32)) (field "outputs" (list u32)) (field "max-frames" u32)))
    (import "lane" (type $lane (eq $lane')))
    (import "prepare" (func $prepare (param "setup" $setup) (result (result $lane (error $error)))))
    (import "process-block" (func $process (param "frames" u32)))
    (export $setup2 "setup" (type $setup))
    (export $error2 "audio-error" (type $error))
    (export $lane2 "lane" (type $lane))
    (export "prepare" (func $prepare) (func (param "setup" $setup2) (result (result $lane2 (error $error2)))))
    (export "process-block" (func $process)))
  (func $prepare (param "setup" $setup') (result (result $lane' (error $error')))
    (canon lift (core func $code "prepare") (memory (core memory $code "memory"))))
  (func $process (param "frames" u32) (canon lift (core func $code "process")))
  (func $schema (result u32) (canon lift (core func $code "schema")))
  (instance $realtime (instantiate $realtime
    (with "setup" (type $setup')) (with "audio-error" (type $error')) (with "lane" (type $lane'))
    (with "prepare" (func $prepare)) (with "process-block" (func $process))))
  (export "wasm-plugin:abi/realtime@0.1.0" (instance $realtime))
  (instance $state (export "schema" (func $schema)))
  (export "wasm-plugin:abi/state@0.1.0" (instance $state)))`;

/** The echo as a component in this engine, on this thread, with the limits that are on by default. */
export async function wasmInline(): Promise<OpenWay> {
  const engine = createEngine();
  const instance = (await engine.load(await parse(COMPONENT))).instantiate();
  const lane = openLane(instance, { sampleRateHz: 48_000, maxFrames: FRAMES, channels: 1 });
  const { schema } = instance.exports['state'] as unknown as { schema(): number };
  return {
    block: () => lane.process(FRAMES),
    call: schema,
    input: lane.inputs[0],
    output: lane.outputs[0],
    close: () => engine.close(),
  };
}
