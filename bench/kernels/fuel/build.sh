#!/bin/sh
# Builds the kernels: clang 19 with lld 19, rustc with wasm32-unknown-unknown, asc of the workspace.
set -eu
cd "$(dirname "$0")"
flags="--target=wasm32 -nostdlib -fno-builtin --no-wasm-opt -msimd128 -Wl,--no-entry -Wl,-z,stack-size=16384 -Wl,--strip-all"
clang-19 -O3 $flags -o clang-o3.wasm kernels.c
clang-19 -O2 -fno-unroll-loops $flags -o clang-o2.wasm kernels.c
rustc --target wasm32-unknown-unknown --crate-type cdylib --edition 2024 -C opt-level=3 -C panic=abort -C strip=symbols \
  -C target-feature=+simd128 -C link-arg=-zstack-size=32768 -o rust.wasm kernels.rs
"${ASC:-asc}" kernels-as.ts -O3 --runtime stub --noAssert --use abort= --enable simd -o assemblyscript.wasm
