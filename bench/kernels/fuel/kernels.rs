//! The kernels the fuel suite measures, as a Rust compiler writes them: with bounds checks.
#![no_std]

use core::arch::wasm32::*;
use core::hint::black_box;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

fn noise(buffer: &mut [f32]) {
    let mut seed = 1u32;
    for sample in buffer {
        seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
        *sample = seed as i32 as f32 * 4.6566e-10;
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn biquad(times: i32) -> i32 {
    let mut buffer = [0f32; 128];
    noise(&mut buffer);
    let (mut s1, mut s2) = (0f32, 0f32);
    for _ in 0..times {
        for sample in &mut buffer {
            let x = *sample;
            let y = 0.2 * x + s1;
            s1 = 0.4 * x + 0.3 * y + s2;
            s2 = 0.2 * x - 0.1 * y;
            *sample = y + 0.001;
        }
    }
    buffer[127].to_bits() as i32
}

#[unsafe(no_mangle)]
pub extern "C" fn fir(times: i32) -> i32 {
    let (mut input, mut taps, mut output) = ([0f32; 640], [0f32; 512], [0f32; 128]);
    noise(&mut input);
    noise(&mut taps);
    for t in 0..times {
        input[0] = t as f32;
        for i in 0..128 {
            output[i] = input[i..i + 512].iter().zip(&taps).map(|(a, b)| a * b).sum();
        }
    }
    output[77].to_bits() as i32
}

#[unsafe(no_mangle)]
pub extern "C" fn matmul(times: i32) -> i32 {
    let (mut a, mut b, mut c) = ([0f32; 1024], [0f32; 1024], [0f32; 1024]);
    noise(&mut a);
    noise(&mut b);
    for _ in 0..times {
        for i in 0..32 {
            for j in 0..32 {
                let mut sum = 0.0;
                for k in 0..32 {
                    sum += a[i * 32 + k] * b[k * 32 + j];
                }
                c[i * 32 + j] = sum;
            }
        }
        a[0] = c[99];
    }
    c[231].to_bits() as i32
}

#[unsafe(no_mangle)]
pub extern "C" fn crc(times: i32) -> i32 {
    let mut table = [0u32; 256];
    for (i, entry) in table.iter_mut().enumerate() {
        *entry = (0..8).fold(i as u32, |c, _| if c & 1 != 0 { 0xedb88320 ^ (c >> 1) } else { c >> 1 });
    }
    let mut data = [0u8; 1024];
    for (i, byte) in data.iter_mut().enumerate() {
        *byte = (i * 7) as u8;
    }
    let mut c = !0u32;
    for _ in 0..times {
        for byte in &data {
            c = table[((c ^ *byte as u32) & 255) as usize] ^ (c >> 8);
        }
    }
    c as i32
}

#[inline(never)]
fn fibonacci(n: i32) -> i32 {
    if n < 2 { n } else { fibonacci(n - 1) + fibonacci(n - 2) }
}

#[unsafe(no_mangle)]
pub extern "C" fn fib(times: i32) -> i32 {
    (0..times).map(|t| fibonacci(12 + (t & 3))).sum()
}

#[unsafe(no_mangle)]
pub extern "C" fn sort(times: i32) -> i32 {
    let mut values = [0i32; 1024];
    let mut seed = 1u32;
    for _ in 0..times {
        for value in &mut values {
            seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
            *value = (seed >> 8) as i32;
        }
        values.sort_unstable();
    }
    values[100]
}

#[unsafe(no_mangle)]
pub extern "C" fn fir_simd(times: i32) -> i32 {
    let (mut input, mut taps, mut output) = ([0f32; 640], [0f32; 512], [0f32; 128]);
    noise(&mut input);
    noise(&mut taps);
    for t in 0..times {
        input[0] = t as f32;
        for i in 0..128 {
            let mut sum = f32x4_splat(0.0);
            for (a, b) in input[i..i + 512].chunks_exact(4).zip(taps.chunks_exact(4)) {
                let a = f32x4(a[0], a[1], a[2], a[3]);
                let b = f32x4(b[0], b[1], b[2], b[3]);
                sum = f32x4_add(sum, f32x4_mul(a, b));
            }
            output[i] = f32x4_extract_lane::<0>(sum)
                + f32x4_extract_lane::<1>(sum)
                + f32x4_extract_lane::<2>(sum)
                + f32x4_extract_lane::<3>(sum);
        }
    }
    output[77].to_bits() as i32
}

#[unsafe(no_mangle)]
pub extern "C" fn gain_simd(times: i32) -> i32 {
    let (mut left, mut right, mut mix) = ([0f32; 128], [0f32; 128], [0f32; 128]);
    noise(&mut left);
    noise(&mut right);
    let mut gain = 0.7;
    for _ in 0..times {
        for ((out, a), b) in mix.iter_mut().zip(&left).zip(&right) {
            *out = a * gain + b * 0.3;
        }
        black_box(&mut mix);
        gain += 0.001;
    }
    mix[77].to_bits() as i32
}

#[unsafe(no_mangle)]
pub extern "C" fn fft(times: i32) -> i32 {
    let mut input = [0f32; 1024];
    noise(&mut input);
    let (mut cosine, mut sine) = ([0f32; 512], [0f32; 512]);
    let (mut c, mut s) = (1f32, 0f32);
    for i in 0..512 {
        (cosine[i], sine[i]) = (c, s);
        (c, s) = (c * 0.99998117 - s * 0.00613588, c * 0.00613588 + s * 0.99998117);
    }
    let (mut re, mut im) = ([0f32; 1024], [0f32; 1024]);
    for _ in 0..times {
        for i in 0..1024usize {
            let r = (i as u32).reverse_bits() as usize >> 22;
            (re[r], im[r]) = (input[i], 0.0);
        }
        let mut size = 2;
        while size <= 1024 {
            let half = size / 2;
            for start in (0..1024).step_by(size) {
                for k in 0..half {
                    let (j, turn) = (start + k, k * (1024 / size));
                    let (x, y) = (re[j + half], im[j + half]);
                    let tr = x * cosine[turn] + y * sine[turn];
                    let ti = y * cosine[turn] - x * sine[turn];
                    (re[j + half], im[j + half]) = (re[j] - tr, im[j] - ti);
                    re[j] += tr;
                    im[j] += ti;
                }
            }
            size *= 2;
        }
    }
    (re[5] + im[9]).to_bits() as i32
}

#[unsafe(no_mangle)]
pub extern "C" fn sha(times: i32) -> i32 {
    let mut k = [0u32; 64];
    for (i, constant) in k.iter_mut().enumerate() {
        *constant = 0x428a2f98u32.wrapping_mul(i as u32 + 1);
    }
    let mut h = [1u32, 2, 3, 4, 5, 6, 7, 8];
    for t in 0..times {
        let mut w = [0u32; 64];
        for i in 0..16 {
            w[i] = (i as u32 * 7 + t as u32).wrapping_add(h[i & 7]);
        }
        for i in 16..64 {
            let (x, y) = (w[i - 15], w[i - 2]);
            let s0 = x.rotate_right(7) ^ x.rotate_right(18) ^ (x >> 3);
            let s1 = y.rotate_right(17) ^ y.rotate_right(19) ^ (y >> 10);
            w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);
        }
        let mut v = h;
        for i in 0..64 {
            let [a, b, c, d, e, f, g, x] = v;
            let t1 = x
                .wrapping_add(e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25))
                .wrapping_add((e & f) ^ (!e & g))
                .wrapping_add(k[i])
                .wrapping_add(w[i]);
            let t2 = (a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22))
                .wrapping_add((a & b) ^ (a & c) ^ (b & c));
            v = [t1.wrapping_add(t2), a, b, c, d.wrapping_add(t1), e, f, g];
        }
        for (sum, value) in h.iter_mut().zip(v) {
            *sum = sum.wrapping_add(value);
        }
    }
    h[0] as i32
}

#[unsafe(no_mangle)]
pub extern "C" fn sieve(times: i32) -> i32 {
    let mut composite = [false; 8192];
    let mut count = 0;
    for _ in 0..times {
        count = 0;
        composite.fill(false);
        for i in 2..8192 {
            if composite[i] {
                continue;
            }
            count += 1;
            for j in (i * 2..8192).step_by(i) {
                composite[j] = true;
            }
        }
        black_box(&mut composite);
    }
    count
}

#[unsafe(no_mangle)]
pub extern "C" fn vm(times: i32) -> i32 {
    let code = black_box([0u8, 5, 1, 3, 2, 4, 6, 3, 5, 2, 1, 4, 7, 0, 3, 6, 2, 8]);
    let (mut a, mut b, mut c) = (1i32, 2i32, 3i32);
    for _ in 0..times * 50 {
        let mut at = 0;
        loop {
            match code[at] {
                0 => a = a.wrapping_add(b),
                1 => b ^= c,
                2 => c = c.wrapping_sub(a),
                3 => a = a.wrapping_mul(3).wrapping_add(1),
                4 => b = b.wrapping_add(a & 1),
                5 => c = c.rotate_left(1),
                6 => b = b.wrapping_neg(),
                7 => at += (c > a) as usize,
                _ => break,
            }
            at += 1;
        }
    }
    a ^ b ^ c
}
