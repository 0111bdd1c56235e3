const UNITS = [
  { ns: 1e9, name: 's' },
  { ns: 1e6, name: 'ms' },
  { ns: 1e3, name: 'µs' },
] as const;

/** `2667` → `2.67 µs`: three digits that count. */
export function formatTime(ns: number): string {
  const unit = UNITS.find((each) => ns >= each.ns * 0.9995);
  return unit === undefined ? `${Math.round(ns)} ns` : `${(ns / unit.ns).toPrecision(3)} ${unit.name}`;
}

/** `4120.4` → `4,120`. */
export function formatNs(ns: number): string {
  return Math.round(ns).toLocaleString('en');
}

/** `0.00154` → `0.15 %`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent.toFixed(percent < 10 ? 2 : percent < 100 ? 1 : 0)} %`;
}
