import { isDeepStrictEqual } from 'node:util';
import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db, type Tx } from '@/lib/db/client.server.ts';
import type { Study } from '@/lib/db/generated/client.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { deidentifyOptionsSchema } from '@/lib/deidentify/schema.ts';
import { displayName } from '@/lib/dicom/person-name.ts';
import { AppError } from '@/lib/errors.ts';
import { studyFacts } from '@/lib/store/load-study.server.ts';
import { loadNode, requireEnabled } from './load-node.server.ts';
import { type TransferOptions, transferOptionsSchema } from './schema.ts';

/**
 * Has a study sent to a node of the centre that holds it; the transfer goes on by itself. What is in the study now is
 * what is sent: an object that comes later is another sending. Asked twice while the first is still on its way, it is
 * one transfer. Throws `not_found` for another centre's node, `state_conflict` for one that is switched off or for an
 * empty study. A node that wants no identities gets none, whatever was asked for.
 */
export async function sendStudy(
  actor: Actor,
  studyId: string,
  { nodeId, deidentify }: { nodeId: string; deidentify: boolean },
): Promise<{ id: string }> {
  const facts = await studyFacts(db(), studyId);
  authorise(actor, 'study.send', facts);
  return withAudit(actor, async (tx, audit) => {
    // One at a time per node: who asks twice at the same moment gets the same transfer. Read only then, because its
    // administrator may be changing what it gets.
    await tx.$queryRaw`SELECT 1 FROM "RemoteNode" WHERE "id" = ${nodeId}::uuid FOR UPDATE`;
    const node = await loadNode(tx, nodeId);
    if (node.centreId !== facts.centreId) throw new AppError('not_found');
    requireEnabled(node);
    const options: TransferOptions =
      node.deidentify !== null || deidentify
        ? { deidentify: deidentifyOptionsSchema.parse(node.deidentify ?? {}) }
        : {};
    const study = await tx.study.findUnique({ where: { id: studyId } });
    if (!study || study.hiddenAt) throw new AppError('not_found');
    const open = await tx.transfer.findMany({
      where: { nodeId, direction: 'push', studyId, state: { in: ['waiting', 'running'] } },
      select: { id: true, total: true, options: true },
    });
    const same = open.find((one) => isDeepStrictEqual(transferOptionsSchema.parse(one.options), options));
    const { id, total } =
      same ?? (await createPush(tx, study, { nodeId, options, requestedById: actor.personId }));
    audit({
      action: 'study.send',
      resourceType: 'study',
      resourceId: studyId,
      centreId: facts.centreId,
      details: {
        transfer: id,
        node: node.name,
        study: study.studyInstanceUid,
        count: total,
        deidentified: options.deidentify !== undefined,
      },
    });
    return { id };
  });
}

async function createPush(
  tx: Tx,
  study: Study,
  how: { nodeId: string; options: TransferOptions; requestedById: string | null },
): Promise<{ id: string; total: number }> {
  const whose = displayName(study.patientName) || study.patientId;
  const { id } = await tx.transfer.create({
    data: {
      centreId: study.centreId,
      ...how,
      direction: 'push',
      studyId: study.id,
      studyInstanceUid: study.studyInstanceUid,
      label: [whose, study.description].filter(Boolean).join(' · '),
    },
    select: { id: true },
  });
  const total = await tx.$executeRaw`
    INSERT INTO "TransferItem" ("transferId", "instanceId", "sopInstanceUid")
    SELECT ${id}::uuid, i."id", i."sopInstanceUid"
    FROM "Instance" i JOIN "Series" s ON s."id" = i."seriesId"
    WHERE s."studyId" = ${study.id}::uuid AND s."hiddenAt" IS NULL`;
  if (total === 0) throw new AppError('state_conflict');
  await tx.transfer.update({ where: { id }, data: { total } });
  return { id, total };
}
