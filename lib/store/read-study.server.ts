import fs from 'node:fs/promises';
import { authorise } from '@/lib/auth/authorise.ts';
import { type Actor, can } from '@/lib/auth/policy.ts';
import { caseFactsSelect, toCaseFacts } from '@/lib/cases/load-case.server.ts';
import { readableCases } from '@/lib/cases/readable-cases.server.ts';
import { db, type Tx } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { AppError } from '@/lib/errors.ts';
import { requireShareTarget, shareNames } from '@/lib/people/share-target.server.ts';
import { lockStudy, studyFacts } from './load-study.server.ts';
import { recordRead } from './record-read.server.ts';
import type { StudyDetail } from './schema.ts';
import { toSummary } from './study-summary.server.ts';
import { thumbnailFile } from './thumbnail-file.server.ts';

/** A study with its series and the actor's rights on it. Audited. */
export async function readStudy(actor: Actor, id: string): Promise<StudyDetail> {
  const facts = await studyFacts(db(), id);
  authorise(actor, 'study.read', facts);
  return withAudit(actor, async (tx, audit) => {
    const row = await tx.study.findUniqueOrThrow({
      where: { id },
      include: {
        centre: { select: { code: true } },
        series: { where: { hiddenAt: null }, orderBy: [{ seriesNumber: 'asc' }, { id: 'asc' }] },
        cases: {
          orderBy: { attachedAt: 'asc' },
          select: {
            case: { select: { ...caseFactsSelect, reason: true, centre: { select: { code: true } } } },
          },
        },
        shares: { where: { revokedAt: null } },
      },
    });
    audit({
      action: 'study.read',
      resourceType: 'study',
      resourceId: id,
      centreId: row.centreId,
      details: { study: row.studyInstanceUid },
    });
    const names = await shareNames(tx, row.shares);
    const underway = await tx.correctionStudy.findFirst({
      where: { studyId: id, correction: { state: 'running' } },
    });
    const maySeeAttachments = can(actor, 'study.share', facts);
    return {
      ...toSummary(row),
      personName: row.patientName,
      series: row.series.map((series) => ({
        id: series.id,
        seriesInstanceUid: series.seriesInstanceUid,
        modality: series.modality,
        seriesNumber: series.seriesNumber,
        description: series.description,
        instanceCount: series.instanceCount,
        thumbnailUrl:
          series.thumbnail === 'ready' ? `/api/studies/${id}/series/${series.id}/thumbnail` : null,
      })),
      // Whoever decides who sees a study is told of every case that shows it, and of those that are not theirs no word.
      cases: row.cases.flatMap(({ case: one }) => {
        const readable = can(actor, 'case.read', toCaseFacts(one));
        if (!readable && !maySeeAttachments) return [];
        return [{ id: one.id, centreCode: one.centre.code, reason: readable ? one.reason : null }];
      }),
      shares: row.shares.map((share) => ({
        id: share.id,
        name: names.get(share.personId ?? share.centreId ?? '') ?? '',
        personId: share.personId,
        centreId: share.centreId,
      })),
      legalHold: row.legalHoldAt && {
        since: row.legalHoldAt.toISOString(),
        reason: row.legalHoldReason,
      },
      correctionId: underway?.correctionId ?? null,
      may: {
        attach: can(actor, 'study.attach', facts),
        share: can(actor, 'study.share', facts),
        correct: can(actor, 'study.correct', facts),
        delete: can(actor, 'study.delete', facts),
        hold: can(actor, 'study.hold', facts),
        send: can(actor, 'study.send', facts),
        export: can(actor, 'study.export', facts),
      },
    };
  });
}

/** Shares a study with one person or one centre. The same share twice is one. */
export async function shareStudy(
  actor: Actor,
  id: string,
  share: { personId?: string; centreId?: string },
): Promise<void> {
  const facts = await studyFacts(db(), id);
  authorise(actor, 'study.share', facts);
  await withAudit(actor, async (tx, audit) => {
    const target = { studyId: id, personId: share.personId ?? null, centreId: share.centreId ?? null };
    await requireShareTarget(tx, share);
    const present = await tx.studyShare.findFirst({ where: { ...target, revokedAt: null } });
    if (!present) await tx.studyShare.create({ data: target });
    audit({
      action: 'study.share',
      resourceType: 'study',
      resourceId: id,
      centreId: facts.centreId,
      details: { with: share.personId ?? share.centreId ?? '' },
    });
  });
}

/**
 * Takes a share of a study back. What was attached to a case meanwhile stays: the answer says how many cases still show
 * it to whom it was shared with. Throws `not_found` when there is no such share (any more).
 */
export async function unshareStudy(
  actor: Actor,
  id: string,
  shareId: string,
): Promise<{ stillInCases: number }> {
  const facts = await studyFacts(db(), id);
  authorise(actor, 'study.share', facts);
  return withAudit(actor, async (tx, audit) => {
    await lockStudy(tx, id);
    const share = await tx.studyShare.findFirst({ where: { id: shareId, studyId: id, revokedAt: null } });
    if (!share) throw new AppError('not_found');
    await tx.studyShare.update({ where: { id: shareId }, data: { revokedAt: new Date() } });
    audit({
      action: 'study.unshare',
      resourceType: 'study',
      resourceId: id,
      centreId: facts.centreId,
      details: { share: shareId },
    });
    const seenThrough = { AND: [await seenBy(tx, share), { studies: { some: { studyId: id } } }] };
    return { stillInCases: await tx.case.count({ where: seenThrough }) };
  });
}

/** The cases of those that something was shared with: of a person's, or of every clinical account's of a centre. */
async function seenBy(tx: Tx, share: { personId: string | null; centreId: string | null }) {
  const memberships = share.personId
    ? await tx.membership.findMany({ where: { personId: share.personId } })
    : [{ centreId: share.centreId ?? '', role: 'physicist' as const, specialty: null }];
  const { personId } = share;
  return readableCases({ personId, displayName: '', memberships, locale: 'en', door: 'system' });
}

/**
 * The picture of a series, as WebP, for whoever may read the study. Audited as a look at it. Throws `not_found` where there is none (yet): one
 * that was lost, in a restore without derived files, is made again by the jobs' next sweep.
 */
export async function readThumbnail(
  actor: Actor,
  studyId: string,
  seriesId: string,
): Promise<Uint8Array<ArrayBuffer>> {
  authorise(actor, 'study.read', await studyFacts(db(), studyId));
  const series = await db().series.findUnique({
    where: { id: seriesId },
    select: {
      thumbnail: true,
      hiddenAt: true,
      study: { select: { id: true, centreId: true, studyInstanceUid: true } },
    },
  });
  if (series?.study.id !== studyId || series.hiddenAt || series.thumbnail !== 'ready')
    throw new AppError('not_found');
  try {
    const picture = new Uint8Array(await fs.readFile(thumbnailFile(seriesId)));
    await recordRead(actor, series.study, null);
    return picture;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await db().series.update({ where: { id: seriesId }, data: { thumbnail: 'none' } });
    throw new AppError('not_found', { cause: error });
  }
}
