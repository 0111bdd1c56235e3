import { coreModulesOf, decodeComponent } from '@wasm-plugin/engine/component';
import { HOST_NAME, OPS_NAME } from './ops.js';

/** The exports of the core module in the guest `types`, under short names. */
export interface TypesCore {
  memory: WebAssembly.Memory;
  realloc(oldPointer: number, oldSize: number, align: number, size: number): number;
  add(a: number, b: number): number;
  echo(pointer: number, length: number): number;
  postEcho(result: number): void;
  process(pointer: number, length: number): number;
  postProcess(result: number): void;
  record8(
    id: number,
    active: number,
    small: number,
    offset: number,
    big: bigint,
    ratio: number,
    score: number,
    name: number,
    nameLength: number,
  ): number;
  postRecord8(result: number): void;
  items(count: number): number;
  postItems(result: number): void;
  callHost(times: number): number;
  counterNew(start: number): number;
  counterIncrement(rep: number, by: number): number;
  counterValue(rep: number): number;
}

/** Imports of the core module: a binding without a component model has to provide them. */
export interface TypesCoreImports {
  hostAdd: (a: number, b: number) => number;
  resourceNew: (rep: number) => number;
  resourceRep: (handle: number) => number;
  resourceDrop: (handle: number) => void;
}

/** Instantiates the core module that is inside the guest `types`, without the component around it. */
export function instantiateTypesCore(component: Uint8Array, imports: TypesCoreImports): TypesCore {
  const [definition] = coreModulesOf(decodeComponent(component));
  if (definition === undefined) throw new Error('Cannot measure: the guest "types" holds no core module');
  const module = new WebAssembly.Module(definition.bytes as Uint8Array<ArrayBuffer>);
  const { exports } = new WebAssembly.Instance(module, {
    [`${HOST_NAME}@0.1.0`]: { 'host-add': imports.hostAdd },
    [`[export]${OPS_NAME}`]: {
      '[resource-new]counter': imports.resourceNew,
      '[resource-rep]counter': imports.resourceRep,
      '[resource-drop]counter': imports.resourceDrop,
    },
  });
  const ops = (name: string): never => exports[`${OPS_NAME}#${name}`] as never;
  const post = (name: string): never => exports[`cabi_post_${OPS_NAME}#${name}`] as never;
  return {
    memory: exports['memory'] as WebAssembly.Memory,
    realloc: exports['cabi_realloc'] as TypesCore['realloc'],
    add: ops('add'),
    echo: ops('echo'),
    postEcho: post('echo'),
    process: ops('process'),
    postProcess: post('process'),
    record8: ops('record8'),
    postRecord8: post('record8'),
    items: ops('items'),
    postItems: post('items'),
    callHost: ops('call-host'),
    counterNew: ops('[constructor]counter'),
    counterIncrement: ops('[method]counter.increment'),
    counterValue: ops('[method]counter.value'),
  };
}
