// The kernels the fuel suite measures, in AssemblyScript.

const input = new StaticArray<f32>(1024);
const taps = new StaticArray<f32>(512);
const output = new StaticArray<f32>(1024);
const table = new StaticArray<u32>(256);
const data = new StaticArray<u8>(1024);
const real = new StaticArray<f32>(1024);
const imaginary = new StaticArray<f32>(1024);
const cosine = new StaticArray<f32>(512);
const sine = new StaticArray<f32>(512);
const constants = new StaticArray<u32>(64);
const words = new StaticArray<u32>(64);
const composite = new StaticArray<u8>(8192);
const values = new StaticArray<i32>(1024);
const code = memory.data<u8>([0, 5, 1, 3, 2, 4, 6, 3, 5, 2, 1, 4, 7, 0, 3, 6, 2, 8]);

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

function loadAt(array: StaticArray<f32>, index: i32): v128 {
  return v128.load(changetype<usize>(array) + ((<usize>index) << 2));
}

export function fir_simd(times: i32): i32 {
  noise();
  for (let t = 0; t < times; t++) {
    for (let i = 0; i < 128; i++) {
      let a = f32x4.splat(0),
        b = a;
      for (let k = 0; k < 512; k += 8) {
        a = f32x4.add(a, f32x4.mul(loadAt(input, i + k), loadAt(taps, k)));
        b = f32x4.add(b, f32x4.mul(loadAt(input, i + k + 4), loadAt(taps, k + 4)));
      }
      const sum = f32x4.add(a, b);
      unchecked(
        (output[i] =
          f32x4.extract_lane(sum, 0) +
          f32x4.extract_lane(sum, 1) +
          f32x4.extract_lane(sum, 2) +
          f32x4.extract_lane(sum, 3)),
      );
    }
  }
  return reinterpret<i32>(output[77]);
}

export function gain_simd(times: i32): i32 {
  noise();
  let left = f32x4.splat(0.7);
  const right = f32x4.splat(0.3);
  for (let t = 0; t < times; t++) {
    for (let i = 0; i < 128; i += 4) {
      const mix = f32x4.add(f32x4.mul(loadAt(input, i), left), f32x4.mul(loadAt(input, i + 512), right));
      v128.store(changetype<usize>(output) + ((<usize>i) << 2), mix);
    }
    left = f32x4.add(left, f32x4.splat(0.001));
  }
  return reinterpret<i32>(output[77]);
}

export function fft(times: i32): i32 {
  noise();
  let c: f32 = 1,
    s: f32 = 0;
  for (let i = 0; i < 512; i++) {
    unchecked((cosine[i] = c));
    unchecked((sine[i] = s));
    const next: f32 = c * <f32>0.99998117 - s * <f32>0.00613588;
    s = c * <f32>0.00613588 + s * <f32>0.99998117;
    c = next;
  }
  for (let t = 0; t < times; t++) {
    for (let i = 0; i < 1024; i++) {
      let r = 0;
      for (let b = 0; b < 10; b++) r |= ((i >> b) & 1) << (9 - b);
      unchecked((real[r] = input[i]));
      unchecked((imaginary[r] = 0));
    }
    for (let size = 2; size <= 1024; size *= 2) {
      const half = size >> 1;
      const step = 1024 / size;
      for (let i = 0; i < 1024; i += size) {
        for (let j = i, k = 0; j < i + half; j++, k += step) {
          const x = unchecked(real[j + half]);
          const y = unchecked(imaginary[j + half]);
          const tr = x * unchecked(cosine[k]) + y * unchecked(sine[k]);
          const ti = y * unchecked(cosine[k]) - x * unchecked(sine[k]);
          unchecked((real[j + half] = real[j] - tr));
          unchecked((imaginary[j + half] = imaginary[j] - ti));
          unchecked((real[j] += tr));
          unchecked((imaginary[j] += ti));
        }
      }
    }
  }
  return reinterpret<i32>(unchecked(real[5]) + unchecked(imaginary[9]));
}

export function sha(times: i32): i32 {
  for (let i = 0; i < 64; i++) unchecked((constants[i] = 0x428a2f98 * (i + 1)));
  let h0: u32 = 1,
    h4: u32 = 5;
  for (let t = 0; t < times; t++) {
    for (let i = 0; i < 16; i++) unchecked((words[i] = i * 7 + t + h0));
    for (let i = 16; i < 64; i++) {
      const x = unchecked(words[i - 15]);
      const y = unchecked(words[i - 2]);
      const s0 = rotr<u32>(x, 7) ^ rotr<u32>(x, 18) ^ (x >> 3);
      const s1 = rotr<u32>(y, 17) ^ rotr<u32>(y, 19) ^ (y >> 10);
      unchecked((words[i] = words[i - 16] + s0 + words[i - 7] + s1));
    }
    let a = h0,
      b: u32 = 2,
      c: u32 = 3,
      d: u32 = 4,
      e = h4,
      f: u32 = 6,
      g: u32 = 7,
      h: u32 = 8;
    for (let i = 0; i < 64; i++) {
      const t1: u32 =
        h +
        (rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25)) +
        ((e & f) ^ (~e & g)) +
        unchecked(constants[i]) +
        unchecked(words[i]);
      const t2: u32 = (rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
    }
    h0 += a;
    h4 += e;
  }
  return h0;
}

export function sieve(times: i32): i32 {
  let count = 0;
  for (let t = 0; t < times; t++) {
    count = 0;
    for (let i = 2; i < 8192; i++) unchecked((composite[i] = 0));
    for (let i = 2; i < 8192; i++) {
      if (unchecked(composite[i])) continue;
      count++;
      for (let j = i * 2; j < 8192; j += i) unchecked((composite[j] = 1));
    }
  }
  return count;
}

function quicksort(low: i32, high: i32): void {
  while (high - low > 12) {
    const pivot = unchecked(values[(low + high) >> 1]);
    let i = low,
      j = high;
    while (i <= j) {
      while (unchecked(values[i]) < pivot) i++;
      while (unchecked(values[j]) > pivot) j--;
      if (i <= j) {
        const swap = unchecked(values[i]);
        unchecked((values[i++] = values[j]));
        unchecked((values[j--] = swap));
      }
    }
    quicksort(low, j);
    low = i;
  }
  for (let i = low + 1; i <= high; i++) {
    const x = unchecked(values[i]);
    let j = i;
    for (; j > low && unchecked(values[j - 1]) > x; j--) unchecked((values[j] = values[j - 1]));
    unchecked((values[j] = x));
  }
}

export function sort(times: i32): i32 {
  let seed: u32 = 1;
  for (let t = 0; t < times; t++) {
    for (let i = 0; i < 1024; i++) {
      seed = seed * 1664525 + 1013904223;
      unchecked((values[i] = seed >> 8));
    }
    quicksort(0, 1023);
  }
  return unchecked(values[100]);
}

export function vm(times: i32): i32 {
  let a = 1,
    b = 2,
    c = 3;
  for (let t = 0; t < times * 50; t++) {
    for (let at = 0; ; at++) {
      const op = load<u8>(code + at);
      if (op == 8) break;
      switch (op) {
        case 0:
          a += b;
          break;
        case 1:
          b ^= c;
          break;
        case 2:
          c -= a;
          break;
        case 3:
          a = a * 3 + 1;
          break;
        case 4:
          if (a & 1) b++;
          break;
        case 5:
          c = (c << 1) | (<i32>((<u32>c) >> 31));
          break;
        case 6:
          b = -b;
          break;
        case 7:
          if (c > a) at++;
          break;
      }
    }
  }
  return a ^ b ^ c;
}
