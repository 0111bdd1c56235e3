// The kernels the fuel suite measures. Each export takes how often to run and returns a checksum.
// Built by build.sh with clang, without a libc.

#include <stdint.h>
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name), noinline))

static float input[2][4096], output[2][4096];
static float taps[512] __attribute__((aligned(16)));

static void fill(void) {
  uint32_t seed = 1;
  for (int i = 0; i < 4096; i++) {
    seed = seed * 1664525u + 1013904223u;
    input[0][i] = (float)(int32_t)seed * 4.6566e-10f;
    input[1][i] = -input[0][i];
  }
  for (int i = 0; i < 512; i++) taps[i] = 1.0f / (float)(i + 1);
}

static int32_t bits(float value) {
  union { float f; int32_t i; } both = { value };
  return both.i;
}

// Biquad, direct form 2 transposed, two channels of 128 frames.
EXPORT(biquad) int32_t biquad(int32_t times) {
  static float state[2][2];
  fill();
  for (int32_t t = 0; t < times; t++) {
    for (int channel = 0; channel < 2; channel++) {
      float s1 = state[channel][0], s2 = state[channel][1];
      const float b0 = 0.2f, b1 = 0.4f, b2 = 0.2f, a1 = -0.3f, a2 = 0.1f;
      for (int i = 0; i < 128; i++) {
        float x = input[channel][i];
        float y = b0 * x + s1;
        s1 = b1 * x - a1 * y + s2;
        s2 = b2 * x - a2 * y;
        output[channel][i] = y;
      }
      state[channel][0] = s1;
      state[channel][1] = s2;
    }
  }
  return bits(output[0][127]);
}

// FIR, 512 taps, 128 frames.
EXPORT(fir) int32_t fir(int32_t times) {
  fill();
  for (int32_t t = 0; t < times; t++) {
    for (int i = 0; i < 128; i++) {
      float sum = 0;
      for (int k = 0; k < 512; k++) sum += input[0][i + k] * taps[k];
      output[0][i] = sum;
    }
  }
  return bits(output[0][77]);
}

// The same with SIMD and four accumulators.
EXPORT(fir_simd) int32_t fir_simd(int32_t times) {
  fill();
  for (int32_t t = 0; t < times; t++) {
    for (int i = 0; i < 128; i++) {
      v128_t a = wasm_f32x4_splat(0), b = a, c = a, d = a;
      for (int k = 0; k < 512; k += 16) {
        a = wasm_f32x4_add(a, wasm_f32x4_mul(wasm_v128_load(&input[0][i + k]), wasm_v128_load(&taps[k])));
        b = wasm_f32x4_add(b, wasm_f32x4_mul(wasm_v128_load(&input[0][i + k + 4]), wasm_v128_load(&taps[k + 4])));
        c = wasm_f32x4_add(c, wasm_f32x4_mul(wasm_v128_load(&input[0][i + k + 8]), wasm_v128_load(&taps[k + 8])));
        d = wasm_f32x4_add(d, wasm_f32x4_mul(wasm_v128_load(&input[0][i + k + 12]), wasm_v128_load(&taps[k + 12])));
      }
      v128_t sum = wasm_f32x4_add(wasm_f32x4_add(a, b), wasm_f32x4_add(c, d));
      output[0][i] = wasm_f32x4_extract_lane(sum, 0) + wasm_f32x4_extract_lane(sum, 1) +
                     wasm_f32x4_extract_lane(sum, 2) + wasm_f32x4_extract_lane(sum, 3);
    }
  }
  return bits(output[0][77]);
}

// Gain and mix of two channels of 128 frames with SIMD.
EXPORT(gain_simd) int32_t gain_simd(int32_t times) {
  fill();
  v128_t left = wasm_f32x4_splat(0.7f), right = wasm_f32x4_splat(0.3f);
  for (int32_t t = 0; t < times; t++) {
    for (int i = 0; i < 128; i += 4) {
      v128_t mix = wasm_f32x4_add(wasm_f32x4_mul(wasm_v128_load(&input[0][i]), left),
                                  wasm_f32x4_mul(wasm_v128_load(&input[1][i]), right));
      wasm_v128_store(&output[0][i], mix);
    }
    left = wasm_f32x4_add(left, wasm_f32x4_splat(0.001f));
  }
  return bits(output[0][77]);
}

// Radix-2 FFT of 1024 points.
EXPORT(fft) int32_t fft(int32_t times) {
  static float re[1024], im[1024], cosine[512], sine[512];
  fill();
  float c = 1, s = 0;
  for (int i = 0; i < 512; i++) {
    cosine[i] = c;
    sine[i] = s;
    float next = c * 0.99998117f - s * 0.00613588f;
    s = c * 0.00613588f + s * 0.99998117f;
    c = next;
  }
  for (int32_t t = 0; t < times; t++) {
    for (int i = 0; i < 1024; i++) {
      int r = 0;
      for (int b = 0; b < 10; b++) r |= ((i >> b) & 1) << (9 - b);
      re[r] = input[0][i];
      im[r] = 0;
    }
    for (int size = 2; size <= 1024; size *= 2) {
      int half = size / 2, step = 1024 / size;
      for (int i = 0; i < 1024; i += size) {
        for (int j = i, k = 0; j < i + half; j++, k += step) {
          float tr = re[j + half] * cosine[k] + im[j + half] * sine[k];
          float ti = im[j + half] * cosine[k] - re[j + half] * sine[k];
          re[j + half] = re[j] - tr;
          im[j + half] = im[j] - ti;
          re[j] += tr;
          im[j] += ti;
        }
      }
    }
  }
  return bits(re[5] + im[9]);
}

// 32 by 32 matrices.
EXPORT(matmul) int32_t matmul(int32_t times) {
  static float product[32][32];
  fill();
  float (*a)[32] = (float (*)[32])input[0], (*b)[32] = (float (*)[32])input[1];
  for (int32_t t = 0; t < times; t++) {
    for (int i = 0; i < 32; i++) {
      for (int j = 0; j < 32; j++) {
        float sum = 0;
        for (int k = 0; k < 32; k++) sum += a[i][k] * b[k][j];
        product[i][j] = sum;
      }
    }
    a[0][0] = product[3][3];
  }
  return bits(product[7][9]);
}

static uint32_t rotate(uint32_t x, int n) { return (x >> n) | (x << (32 - n)); }

// SHA-256 compression; the round constants are made up.
EXPORT(sha) int32_t sha(int32_t times) {
  static uint32_t k[64], w[64];
  uint32_t h[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
  for (int i = 0; i < 64; i++) k[i] = 0x428a2f98u * (uint32_t)(i + 1);
  for (int32_t t = 0; t < times; t++) {
    for (int i = 0; i < 16; i++) w[i] = (uint32_t)(i * 7 + t) + h[i & 7];
    for (int i = 16; i < 64; i++) {
      uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3);
      uint32_t s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], x = h[7];
    for (int i = 0; i < 64; i++) {
      uint32_t t1 = x + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i];
      uint32_t t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      x = g; g = f; f = e; e = d + t1; d = c; c = b; b = a; a = t1 + t2;
    }
    h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += x;
  }
  return (int32_t)h[0];
}

static __attribute__((noinline)) int32_t fibonacci(int32_t n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

EXPORT(fib) int32_t fib(int32_t times) {
  int32_t sum = 0;
  for (int32_t t = 0; t < times; t++) sum += fibonacci(12 + (t & 3));
  return sum;
}

// CRC-32 by table.
EXPORT(crc) int32_t crc(int32_t times) {
  static uint32_t table[256];
  static uint8_t data[1024];
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int k = 0; k < 8; k++) c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
    table[i] = c;
  }
  for (int i = 0; i < 1024; i++) data[i] = (uint8_t)(i * 7);
  uint32_t c = 0xffffffffu;
  for (int32_t t = 0; t < times; t++) {
    for (int i = 0; i < 1024; i++) c = table[(c ^ data[i]) & 255] ^ (c >> 8);
  }
  return (int32_t)c;
}

// Primes below 8192.
EXPORT(sieve) int32_t sieve(int32_t times) {
  static uint8_t composite[8192];
  int32_t count = 0;
  for (int32_t t = 0; t < times; t++) {
    count = 0;
    for (int i = 2; i < 8192; i++) composite[i] = 0;
    for (int i = 2; i < 8192; i++) {
      if (composite[i]) continue;
      count++;
      for (int j = i * 2; j < 8192; j += i) composite[j] = 1;
    }
  }
  return count;
}

static void quicksort(int32_t *v, int32_t low, int32_t high) {
  while (high - low > 12) {
    int32_t pivot = v[(low + high) / 2], i = low, j = high;
    while (i <= j) {
      while (v[i] < pivot) i++;
      while (v[j] > pivot) j--;
      if (i <= j) {
        int32_t swap = v[i];
        v[i++] = v[j];
        v[j--] = swap;
      }
    }
    if (j - low < high - i) { quicksort(v, low, j); low = i; } else { quicksort(v, i, high); high = j; }
  }
  for (int32_t i = low + 1; i <= high; i++) {
    int32_t x = v[i], j = i;
    for (; j > low && v[j - 1] > x; j--) v[j] = v[j - 1];
    v[j] = x;
  }
}

EXPORT(sort) int32_t sort(int32_t times) {
  static int32_t v[1024];
  uint32_t seed = 1;
  for (int32_t t = 0; t < times; t++) {
    for (int i = 0; i < 1024; i++) v[i] = (int32_t)((seed = seed * 1664525u + 1013904223u) >> 8);
    quicksort(v, 0, 1023);
  }
  return v[100];
}

// An interpreter with a table of branches.
EXPORT(vm) int32_t vm(int32_t times) {
  static const uint8_t code[] = { 0, 5, 1, 3, 2, 4, 6, 3, 5, 2, 1, 4, 7, 0, 3, 6, 2, 8 };
  int32_t a = 1, b = 2, c = 3;
  for (int32_t t = 0; t < times * 50; t++) {
    for (const uint8_t *at = code;; at++) {
      switch (*at) {
        case 0: a += b; continue;
        case 1: b ^= c; continue;
        case 2: c -= a; continue;
        case 3: a = a * 3 + 1; continue;
        case 4: if (a & 1) b++; continue;
        case 5: c = c << 1 | (uint32_t)c >> 31; continue;
        case 6: b = -b; continue;
        case 7: if (c > a) at++; continue;
        default: break;
      }
      break;
    }
  }
  return a ^ b ^ c;
}
