import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import {
  keyViewEntry,
  keyViewInclude,
  loadKeyView,
  readableCase,
  storedView,
  toKeyViewSummary,
} from './load-key-view.server.ts';
import type { KeyViewDetail, KeyViewSummary } from './schema.ts';

/** The key views of a case, oldest first. Throws `not_found`. Audited. */
export async function listKeyViews(actor: Actor, caseId: string): Promise<KeyViewSummary[]> {
  const facts = await readableCase(db(), actor, caseId);
  return withAudit(actor, async (tx, audit) => {
    const rows = await tx.keyView.findMany({
      where: { caseId, deletedAt: null },
      include: keyViewInclude,
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    audit({ ...keyViewEntry('list', { caseId, id: '' }, facts), details: { count: rows.length } });
    return rows.map((row) => toKeyViewSummary(actor, facts, row));
  });
}

/** One key view with what it shows. Throws `not_found`. Audited. */
export async function readKeyView(actor: Actor, at: { caseId: string; id: string }): Promise<KeyViewDetail> {
  const facts = await readableCase(db(), actor, at.caseId);
  return withAudit(actor, async (tx, audit) => {
    const row = await loadKeyView(tx, at);
    audit(keyViewEntry('read', at, facts));
    return { ...toKeyViewSummary(actor, facts, row), view: storedView(row) };
  });
}
