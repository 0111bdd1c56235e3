/** The value with `#` in place of each object of a class: those of the host and of the guest are told by their places only. */
export function withoutResources(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(withoutResources);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, withoutResources(item)]));
  if (Object.getPrototypeOf(value) !== Object.prototype) return '#';
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutResources(item)]));
}
