import { db } from '@/lib/db/client.server.ts';
import { items, type JsonDataSet, textValue } from '@/lib/dicom/display-json.ts';
import {
  DEFORMABLE_SPATIAL_REGISTRATION,
  parseRegistration,
  SPATIAL_REGISTRATION,
  type SpatialRegistration,
} from '@/lib/dicom/registration.ts';
import { stillLookedAt } from './load-study.server.ts';
import { seriesInstances } from './series-metadata.server.ts';

const classes = [SPATIAL_REGISTRATION, DEFORMABLE_SPATIAL_REGISTRATION];

/**
 * The registrations of a case, as its viewer reads them: of what is attached to it, and of originals that were corrected
 * a short while ago (load-study.server.ts). Without a policy: for who may read the case already.
 */
export async function readCaseRegistrations(caseId: string): Promise<SpatialRegistration[]> {
  const attached = await db().study.findMany({
    where: { hiddenAt: null, cases: { some: { caseId } } },
    select: { id: true },
  });
  const ids = attached.map(({ id }) => id);
  const shown = {
    hiddenAt: null,
    study: { OR: [{ id: { in: ids } }, { ...stillLookedAt(), replacedById: { in: ids } }] },
  };
  const series = await db().series.findMany({
    where: { ...shown, instances: { some: { sopClassUid: { in: classes } } } },
    orderBy: [{ seriesNumber: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  const headers: JsonDataSet[] = [];
  for (const { id } of series) headers.push(...(await seriesInstances(id)));
  const registrations = headers.filter((header) => classes.includes(textValue(header, '00080016')));
  const images = await db().instance.findMany({
    where: { sopInstanceUid: { in: registrations.flatMap(namedImages) }, series: shown },
    select: { sopInstanceUid: true, series: { select: { frameOfReferenceUid: true } } },
  });
  const frames = new Map(images.map((one) => [one.sopInstanceUid, one.series.frameOfReferenceUid]));
  return registrations.map((header) => parseRegistration(header, (uid) => frames.get(uid)));
}

/** The images of items that name no frame of reference themselves: it is theirs. */
const namedImages = (header: JsonDataSet): string[] =>
  ['00700308', '00640002']
    .flatMap((sequence) => items(header, sequence))
    .filter((item) => !textValue(item, '00200052'))
    .flatMap((item) => items(item, '00081140').map((image) => textValue(image, '00081155')));
