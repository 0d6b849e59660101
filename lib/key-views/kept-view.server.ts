import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { PROTOCOL_VERSION } from '@/lib/live/protocol.ts';
import type { ViewState } from '@/lib/live/view-state.ts';
import { readableCase, storedView } from './load-key-view.server.ts';
import type { KeptViewDetail } from './schema.ts';

/** How the asker left the case's images. Throws `not_found`. Audited. */
export async function readKeptView(actor: AuthenticatedActor, caseId: string): Promise<KeptViewDetail> {
  const { centreId } = await readableCase(db(), actor, caseId);
  return withAudit(actor, async (tx, audit) => {
    const row = await tx.keptView.findUnique({
      where: { caseId_personId: { caseId, personId: actor.personId } },
    });
    audit({ action: 'kept-view.read', resourceType: 'case', resourceId: caseId, centreId, caseId });
    return { view: row && storedView(row) };
  });
}

/** Keeps how the asker leaves the case's images, for the next time. The last one counts. Throws `not_found`. */
export async function keepView(actor: AuthenticatedActor, caseId: string, view: ViewState): Promise<void> {
  const { centreId } = await readableCase(db(), actor, caseId);
  const data = { view, viewVersion: PROTOCOL_VERSION, savedAt: new Date() };
  await withAudit(actor, async (tx, audit) => {
    await tx.keptView.upsert({
      where: { caseId_personId: { caseId, personId: actor.personId } },
      create: { caseId, personId: actor.personId, ...data },
      update: data,
    });
    audit({ action: 'kept-view.save', resourceType: 'case', resourceId: caseId, centreId, caseId });
  });
}
