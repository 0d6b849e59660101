import type { Actor } from '@/lib/auth/policy.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import type { ResolvedStudy } from './load-study.server.ts';

const WINDOW_MS = 3_600_000;
const recent = new Map<string, number>();

/**
 * Writes that somebody looks at a study's images: one row per person (or node), study, case and hour, before the
 * first byte leaves. A row per frame would bury what the row is for.
 */
export function recordRead(actor: Actor, study: ResolvedStudy, caseId: string | null): void | Promise<void> {
  const key = `${whose(actor)} ${actor.door} ${study.id} ${caseId}`;
  const now = Date.now();
  if (now - (recent.get(key) ?? 0) < WINDOW_MS) return;
  return write(actor, study, caseId, key, now);
}

/** Two centres may call their nodes by the same AE title: a node is its centre's. */
const whose = ({ personId, displayName, memberships }: Actor): string =>
  personId ?? `${displayName} of ${memberships.map(({ centreId }) => centreId).join(' ')}`;

async function write(
  actor: Actor,
  study: ResolvedStudy,
  caseId: string | null,
  key: string,
  now: number,
): Promise<void> {
  await withAudit(actor, async (_tx, audit) => {
    audit({
      action: 'study.read',
      resourceType: 'study',
      resourceId: study.id,
      centreId: study.centreId,
      caseId,
      details: { study: study.studyInstanceUid },
    });
  });
  if (recent.size > 10_000) recent.clear();
  recent.set(key, now);
}
