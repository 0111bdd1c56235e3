import { fileURLToPath } from 'node:url';
/** The root of the checkout. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What decides about the bytes of an AssemblyScript guest beside its own sources: the generator and its pins. */
const AS_SDK = ['plugins-as/sdk/src', 'plugins-as/sdk/assembly', 'plugins-as/sdk/package.json'];
const RUST_WORKSPACE = ['plugins-rust/Cargo.toml', 'plugins-rust/Cargo.lock', 'scripts/src/rust-guest.ts'];
/** Every guest of the project. */
export const GUESTS = [
    guest('assemblyscript', { name: 'eq', wit: 'abi/wit', world: 'audio-effect' }),
    guest('assemblyscript', { name: 'values', wit: 'plugins-rust/values/wit', world: 'values' }),
    guest('rust', { name: 'compressor', wit: 'abi/wit', world: 'audio-effect' }),
    guest('rust', { name: 'types', wit: 'plugins-rust/types/wit', world: 'types' }),
    guest('rust', { name: 'values', wit: 'plugins-rust/values/wit', world: 'values' }),
];
function guest(language, facts) {
    const folder = language === 'rust' ? 'plugins-rust' : 'plugins-as';
    return {
        ...facts,
        language,
        output: `${folder}/build/${facts.name}.wasm`,
        inputs: [`${folder}/${facts.name}`, facts.wit, ...(language === 'rust' ? RUST_WORKSPACE : AS_SDK)],
    };
}
//# sourceMappingURL=guests.js.map