//! The kernels the fuel suite measures, as a Rust compiler writes them: with bounds checks.
#![no_std]

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
