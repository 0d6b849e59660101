import type { z } from 'zod';
import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { requireShareTarget } from '@/lib/people/share-target.server.ts';
import { caseFacts } from './load-case.server.ts';
import type { editCaseSchema } from './schema.ts';

/** Edits the words of a case. Throws `version_conflict` with what is saved now; the editor's text is the client's to keep. */
export async function editCase(
  actor: Actor,
  id: string,
  input: z.output<typeof editCaseSchema>,
): Promise<{ version: number }> {
  const facts = await caseFacts(db(), id);
  authorise(actor, 'case.edit', facts);
  return withAudit(actor, async (tx, audit) => {
    const { version, ...fields } = input;
    const { count } = await tx.case.updateMany({
      where: { id, version },
      data: { ...fields, version: { increment: 1 } },
    });
    if (count === 0) {
      const current = await tx.case.findUnique({
        where: { id },
        select: { reason: true, question: true, diagnosis: true, stage: true, history: true, version: true },
      });
      throw new AppError('version_conflict', { current });
    }
    audit({
      action: 'case.edit',
      resourceType: 'case',
      resourceId: id,
      centreId: facts.centreId,
      caseId: id,
      details: { fields: Object.keys(fields) },
    });
    return { version: version + 1 };
  });
}

/** Shares a case with one person or one centre of the network. The same share twice is one. */
export async function shareCase(
  actor: Actor,
  caseId: string,
  share: { personId?: string; centreId?: string },
): Promise<void> {
  const facts = await caseFacts(db(), caseId);
  authorise(actor, 'case.share', facts);
  await withAudit(actor, async (tx, audit) => {
    const target = { caseId, personId: share.personId ?? null, centreId: share.centreId ?? null };
    await requireShareTarget(tx, share);
    const present = await tx.caseShare.findFirst({ where: { ...target, revokedAt: null } });
    if (!present) await tx.caseShare.create({ data: target });
    audit({
      action: 'case.share',
      resourceType: 'case',
      resourceId: caseId,
      centreId: facts.centreId,
      caseId,
      details: { with: share.personId ?? share.centreId ?? '' },
    });
  });
}

export async function unshareCase(actor: Actor, caseId: string, shareId: string): Promise<void> {
  const facts = await caseFacts(db(), caseId);
  authorise(actor, 'case.share', facts);
  await withAudit(actor, async (tx, audit) => {
    const { count } = await tx.caseShare.updateMany({
      where: { id: shareId, caseId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new AppError('not_found');
    audit({
      action: 'case.unshare',
      resourceType: 'case',
      resourceId: caseId,
      centreId: facts.centreId,
      caseId,
      details: { share: shareId },
    });
  });
}
