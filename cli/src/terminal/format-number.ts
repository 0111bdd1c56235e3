const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `1234567` → `1.2 MiB`. */
export function formatBytes(bytes: number): string {
  let value = Math.round(bytes);
  let unit = 0;
  // A value that would round to 1024.0 is 1 of the next unit.
  while (value >= (unit === 0 ? 1024 : 1023.95) && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${UNITS[unit]}`;
}

/** `(1, 'function')` → `1 function`, `(1234, 'function')` → `1,234 functions`. */
export function formatCount(count: number, noun: string): string {
  return `${Math.round(count).toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** `75000` → `1 min 15 s`, `1234` → `1.2 s`, `12.34` → `12.3 ms`, `0.0123` → `12 µs`. */
export function formatMs(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds >= 60) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (ms >= 999.95) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 0.9995) return `${ms.toFixed(1)} ms`;
  return `${Math.round(ms * 1000)} µs`;
}
