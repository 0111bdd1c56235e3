import type { StepBudget } from './step-budget.js';

/** Returns the text of a JSON value that equals that of every equal value: members in the order of their names. */
export function stableText(value: unknown, budget: StepBudget): string {
  if (typeof value === 'string') budget.spendText(value);
  else budget.spend();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  if (Array.isArray(value)) return `[${value.map((item) => stableText(item, budget)).join(',')}]`;
  const members = Object.entries(value).map(([key, item]) => {
    budget.spendText(key);
    return [JSON.stringify(key), stableText(item, budget)] as const;
  });
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, item]) => `${key}:${item}`).join(',')}}`;
}
