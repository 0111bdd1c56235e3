// The kernels the fuel suite measures, in AssemblyScript.

const input = new StaticArray<f32>(1024);
const taps = new StaticArray<f32>(512);
const output = new StaticArray<f32>(1024);
const table = new StaticArray<u32>(256);
const data = new StaticArray<u8>(1024);

function noise(): void {
  let seed: u32 = 1;
  for (let i = 0; i < 1024; i++) {
    seed = seed * 1664525 + 1013904223;
    unchecked((input[i] = <f32>(<i32>seed) * <f32>4.6566e-10));
  }
  for (let i = 0; i < 512; i++) unchecked((taps[i] = <f32>1 / <f32>(i + 1)));
}

export function biquad(times: i32): i32 {
  noise();
  let s1: f32 = 0,
    s2: f32 = 0;
  for (let t = 0; t < times; t++) {
    for (let i = 0; i < 128; i++) {
      const x = unchecked(input[i]);
      const y = <f32>0.2 * x + s1;
      s1 = <f32>0.4 * x + <f32>0.3 * y + s2;
      s2 = <f32>0.2 * x - <f32>0.1 * y;
      unchecked((output[i] = y));
    }
  }
  return reinterpret<i32>(output[127]);
}

export function fir(times: i32): i32 {
  noise();
  for (let t = 0; t < times; t++) {
    for (let i = 0; i < 128; i++) {
      let sum: f32 = 0;
      for (let k = 0; k < 512; k++) sum += unchecked(input[i + k]) * unchecked(taps[k]);
      unchecked((output[i] = sum));
    }
  }
  return reinterpret<i32>(output[77]);
}

export function matmul(times: i32): i32 {
  noise();
  for (let t = 0; t < times; t++) {
    for (let i = 0; i < 32; i++) {
      for (let j = 0; j < 32; j++) {
        let sum: f32 = 0;
        for (let k = 0; k < 32; k++) sum += unchecked(input[i * 32 + k]) * unchecked(input[k * 32 + j]);
        unchecked((output[i * 32 + j] = sum));
      }
    }
  }
  return reinterpret<i32>(output[231]);
}

export function crc(times: i32): i32 {
  for (let i: u32 = 0; i < 256; i++) {
    let c = i;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >> 1) : c >> 1;
    unchecked((table[i] = c));
  }
  for (let i = 0; i < 1024; i++) unchecked((data[i] = <u8>(i * 7)));
  let c: u32 = 0xffffffff;
  for (let t = 0; t < times; t++) {
    for (let i = 0; i < 1024; i++) c = unchecked(table[(c ^ unchecked(data[i])) & 255]) ^ (c >> 8);
  }
  return c;
}

function fibonacci(n: i32): i32 {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

export function fib(times: i32): i32 {
  let sum = 0;
  for (let t = 0; t < times; t++) sum += fibonacci(12 + (t & 3));
  return sum;
}
