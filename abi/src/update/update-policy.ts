import { updateKind, type UpdateKind } from '../version/index.js';

/**
 * Updates that need no person: none, or up to a patch, a minor or a major version. A function decides for itself: it returns
 * `true` to allow, or the reason of its refusal.
 */
export type UpdatePolicy = 'none' | 'patch' | 'minor' | 'major' | UpdateRule;

/** Decides about one update. */
export type UpdateRule = (update: { from: string; to: string; kind: UpdateKind }) => true | string;

const RANK: Readonly<Record<UpdateKind, number>> = {
  same: 0,
  prerelease: 1,
  patch: 1,
  minor: 2,
  major: 3,
  downgrade: Infinity,
};

const MOST = { none: 0, patch: 1, minor: 2, major: 3 } as const;

/**
 * Returns the reason for which a policy refuses an update; `undefined` if it allows it. No named policy allows a downgrade. A
 * function is asked about every update, including downgrades.
 */
export function policyProblem(
  policy: UpdatePolicy,
  { from, to }: { from: string; to: string },
): string | undefined {
  const kind = updateKind(from, to);
  if (typeof policy === 'function') {
    const answer = policy({ from, to, kind });
    return answer === true ? undefined : answer;
  }
  if (RANK[kind] <= MOST[policy]) return undefined;
  const allowed = policy === 'none' ? 'no updates' : `updates up to ${policy}`;
  return `${from} → ${to} is a ${kind} update; the policy "${policy}" allows ${allowed}`;
}
