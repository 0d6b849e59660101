import type { Prisma } from '@/lib/db/generated/client.ts';
import { displayName } from '@/lib/dicom/person-name.ts';
import type { StudySummary } from './schema.ts';

/** What of a study's relations its summary is made from: the fullest series comes first. */
export const studyInclude = {
  centre: { select: { code: true } },
  series: {
    where: { hiddenAt: null },
    select: { id: true, thumbnail: true },
    orderBy: { instanceCount: 'desc' },
  },
} as const satisfies Prisma.StudyInclude;

type Row = Prisma.StudyGetPayload<{ include: typeof studyInclude }>;

/** A study as lists show it. */
export function toSummary(row: Row): StudySummary {
  const picture = row.series.find((series) => series.thumbnail === 'ready');
  return {
    id: row.id,
    studyInstanceUid: row.studyInstanceUid,
    centreId: row.centreId,
    centreCode: row.centre.code,
    patientId: row.patientId,
    patientName: displayName(row.patientName),
    patientBirthDate: row.patientBirthDate,
    patientSex: row.patientSex,
    studyDate: row.studyDate,
    description: row.description,
    modalities: row.modalities,
    seriesCount: row.seriesCount,
    instanceCount: row.instanceCount,
    thumbnailUrl: picture ? `/api/studies/${row.id}/series/${picture.id}/thumbnail` : null,
  };
}
