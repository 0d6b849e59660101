import type { Actor } from '@/lib/auth/policy.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import type { ResolvedStudy } from './load-study.server.ts';

const WINDOW_MS = 3_600_000;
const recent = new Map<string, number>();

/**
 * Writes that somebody looks at a study's images: one row per person, study, case and hour, before the first byte
 * leaves. A row per frame would bury what the row is for.
 */
export async function recordRead(actor: Actor, study: ResolvedStudy, caseId: string | null): Promise<void> {
  const key = `${actor.personId} ${actor.door} ${study.id} ${caseId}`;
  const now = Date.now();
  if (now - (recent.get(key) ?? 0) < WINDOW_MS) return;
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
