import type { Readable } from 'node:stream';
import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { type ExportPlan, planExport } from './export-plan.server.ts';
import type { ExportPreview, ExportQuery } from './export-schema.ts';
import { exportZip } from './export-zip.server.ts';
import { studyFacts } from './load-study.server.ts';
import { recordRead } from './record-read.server.ts';

export type ExportRequest = { studyId: string; query: ExportQuery };

/** What an export would contain, and what in it somebody should look at first. Audited as a look at each study. */
export async function previewExport(actor: Actor, request: ExportRequest): Promise<ExportPreview> {
  await authoriseAll(actor, request);
  const studies = await db().study.findMany({
    where: { id: { in: idsOf(request) } },
    select: { id: true, centreId: true, studyInstanceUid: true },
  });
  for (const study of studies) await recordRead(actor, study, null);
  const plan = await planExport(idsOf(request), { ...request.query, risks: 'include' });
  return { objects: plan.objects.length, size: sizeOf(plan), risks: plan.risks };
}

/**
 * Studies as a zip with a DICOMDIR, de-identified or as stored. The audit row of each study is written before the first
 * byte leaves. Throws `export_risks` while objects have contents that cannot be cleaned by rule and nobody has said
 * what to do with them, `state_conflict` when nothing is left to export.
 */
export async function exportStudies(
  actor: Actor,
  request: ExportRequest,
): Promise<{ stream: Readable; size: number; fileName: string }> {
  const { query } = request;
  const centres = await authoriseAll(actor, request);
  const plan = await planExport(idsOf(request), query);
  if (plan.risky > 0 && query.risks === 'refuse')
    throw new AppError('export_risks', { params: { count: plan.risky }, current: plan.risks });
  if (plan.objects.length === 0) throw new AppError('state_conflict');
  await withAudit(actor, async (tx, audit) => {
    for (const [studyId, centreId] of centres) {
      const study = await tx.study.findUnique({
        where: { id: studyId },
        select: { studyInstanceUid: true, hiddenAt: true },
      });
      if (!study || study.hiddenAt) throw new AppError('not_found');
      const { objects = 0, leftOut = 0 } = plan.counts.get(studyId) ?? {};
      const { form, dates, keep, clean, risks } = query;
      audit({
        action: 'study.export',
        resourceType: 'study',
        resourceId: studyId,
        centreId,
        details: {
          study: study.studyInstanceUid,
          form,
          ...(form === 'deidentified' && { dates, keep, clean, risks }),
          objects,
          leftOut,
        },
      });
    }
  });
  const fileName = query.form === 'deidentified' ? 'dicom-deidentified.zip' : 'dicom.zip';
  return { ...(await exportZip(plan)), fileName };
}

const idsOf = ({ studyId, query }: ExportRequest): string[] => [
  ...new Set([studyId, ...query.also.split(',').filter(Boolean)]),
];

/** Every study's centre; throws unless the actor may export all of them. */
async function authoriseAll(actor: Actor, request: ExportRequest): Promise<Map<string, string>> {
  const centres = new Map<string, string>();
  for (const id of idsOf(request)) {
    const facts = await studyFacts(db(), id);
    authorise(actor, 'study.export', facts);
    centres.set(id, facts.centreId);
  }
  return centres;
}

const sizeOf = ({ objects, dicomdir }: ExportPlan): number =>
  objects.reduce((sum, { size }) => sum + size, dicomdir.length);
