import { db } from '@/lib/db/client.server.ts';
import { stillLookedAt } from './load-study.server.ts';

/**
 * The series that are shown of a case, by study: of what is attached to it, and of originals that were corrected a
 * short while ago (load-study.server.ts). Without a policy, and told to nobody: a room holds views against it.
 */
export async function readCaseImages(caseId: string): Promise<Map<string, Set<string>>> {
  const attached = await db().study.findMany({
    where: { hiddenAt: null, cases: { some: { caseId } } },
    select: { id: true },
  });
  const ids = attached.map(({ id }) => id);
  const rows = await db().series.findMany({
    where: {
      hiddenAt: null,
      study: { OR: [{ id: { in: ids } }, { ...stillLookedAt(), replacedById: { in: ids } }] },
    },
    select: { seriesInstanceUid: true, study: { select: { studyInstanceUid: true } } },
  });
  const images = new Map<string, Set<string>>();
  for (const { seriesInstanceUid, study } of rows) {
    const known = images.get(study.studyInstanceUid);
    if (known) known.add(seriesInstanceUid);
    else images.set(study.studyInstanceUid, new Set([seriesInstanceUid]));
  }
  return images;
}
