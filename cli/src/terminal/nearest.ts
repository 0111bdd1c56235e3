/** Picks the names closest to what was typed, closest first; none that is far off. */
export function nearest(typed: string, names: readonly string[], most = 3): string[] {
  const wanted = typed.toLowerCase();
  const close = names
    .map((name) => ({ name, distance: distanceTo(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.max(2, Math.ceil(wanted.length * 0.4)))
    .sort((a, b) => a.distance - b.distance);
  return close
    .filter(({ distance }) => distance <= (close[0]?.distance ?? 0) + 1)
    .slice(0, most)
    .map(({ name }) => name);
}

/** How far `typed` is from a name or from the last part of it, whichever is closer. */
function distanceTo(typed: string, name: string): number {
  const last = name.slice(Math.max(name.lastIndexOf('#'), name.lastIndexOf('/')) + 1);
  const lastTyped = typed.slice(typed.lastIndexOf('#') + 1);
  return Math.min(editDistance(typed, name), editDistance(typed, last), editDistance(lastTyped, last) + 1);
}

/** The Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
