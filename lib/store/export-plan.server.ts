import { db } from '@/lib/db/client.server.ts';
import { type DirectoryEntry, makeDicomdir } from '@/lib/dicom/dicomdir.ts';
import { instanceKeys, patientKeys, seriesKeys, studyKeys } from '@/lib/dicom/dicomdir-records.ts';
import { DicomError } from '@/lib/dicom/errors.ts';
import { deidentifiedObject, deidentifySecret } from './deidentified-object.server.ts';
import { fileNames } from './export-names.ts';
import {
  deidentifyOptionsOf,
  type ExportPreview,
  type ExportQuery,
  type ExportRisk,
} from './export-schema.ts';
import { blobPath } from './paths.server.ts';
import { type StoredObject, storedObject } from './stored-object.server.ts';

/** An object of the zip: where in it, how long, and its bytes when they are asked for. */
export type PlannedObject = { name: string; size: number; open: () => Promise<AsyncIterable<Uint8Array>> };

export type ExportPlan = {
  objects: PlannedObject[];
  dicomdir: Uint8Array;
  /** By study id, for the audit. */
  counts: Map<string, { objects: number; leftOut: number }>;
  risks: ExportPreview['risks'];
  /** How many objects have a risk, in all. */
  risky: number;
};

/**
 * Reads every header once, before the first byte leaves: what each object becomes, how long it is, what is risky in
 * it, and the directory of all. Nothing of it stays in memory but names and sizes.
 */
export async function planExport(studyIds: readonly string[], query: ExportQuery): Promise<ExportPlan> {
  const rows = await exported(studyIds);
  const options = query.form === 'deidentified' ? deidentifyOptionsOf(query) : undefined;
  const key = await deidentifySecret();
  const nameOf = fileNames();
  const entries: DirectoryEntry[] = [];
  const plan: Omit<ExportPlan, 'dicomdir'> = { objects: [], counts: new Map(), risks: [], risky: 0 };
  for (const { series, sha256 } of rows) {
    const { study } = series;
    const counts = plan.counts.get(study.id) ?? { objects: 0, leftOut: 0 };
    plan.counts.set(study.id, counts);
    const file = blobPath(sha256);
    const open = () =>
      options ? deidentifiedObject(file, options, key, study.centreId) : storedObject(file);
    const { object, risks } = await tryOpen(open);
    if (risks.length > 0) {
      plan.risky += 1;
      note(plan.risks, series, risks);
    }
    if (!object || (risks.length > 0 && query.risks === 'leave-out')) {
      counts.leftOut += 1;
      continue;
    }
    const header = object.header();
    const entry = {
      patient: patientKeys(header),
      study: studyKeys(header),
      series: seriesKeys(header),
      instance: instanceKeys(header, object.sopClassUid, object.hasPixels),
      sopClassUid: object.sopClassUid,
      sopInstanceUid: object.sopInstanceUid,
      transferSyntaxUid: object.transferSyntaxUid,
    };
    const fileId = nameOf(entry);
    entries.push({ ...entry, fileId });
    counts.objects += 1;
    plan.objects.push({
      name: fileId.join('/'),
      size: object.size,
      open: async () => (await open()).part10(),
    });
  }
  return { ...plan, dicomdir: makeDicomdir(entries, fileSetUid()) };
}

type Opened = StoredObject & { risks?: ExportRisk[] };

async function tryOpen(
  open: () => Promise<Opened>,
): Promise<{ object: StoredObject | null; risks: ExportRisk[] }> {
  try {
    const object = await open();
    return { object, risks: object.risks ?? [] };
  } catch (error) {
    if (error instanceof DicomError) return { object: null, risks: ['unreadable'] };
    throw error;
  }
}

function exported(studyIds: readonly string[]) {
  return db().instance.findMany({
    where: { series: { hiddenAt: null, studyId: { in: [...studyIds] }, study: { hiddenAt: null } } },
    select: {
      sha256: true,
      series: {
        select: {
          id: true,
          modality: true,
          description: true,
          seriesNumber: true,
          study: { select: { id: true, centreId: true } },
        },
      },
    },
    orderBy: [
      { series: { study: { studyDate: 'asc' } } },
      { series: { studyId: 'asc' } },
      { series: { seriesNumber: 'asc' } },
      { seriesId: 'asc' },
      { instanceNumber: 'asc' },
      { id: 'asc' },
    ],
  });
}

function note(
  all: ExportPreview['risks'],
  series: { modality: string; description: string; seriesNumber: number | null },
  risks: readonly ExportRisk[],
): void {
  const name = [series.seriesNumber, series.description]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
  for (const risk of risks) {
    const known = all.find(
      (one) => one.series === name && one.modality === series.modality && one.risk === risk,
    );
    if (known) known.objects += 1;
    else all.push({ series: name, modality: series.modality, risk, objects: 1 });
  }
}

const fileSetUid = (): string => `2.25.${BigInt(`0x${crypto.randomUUID().replaceAll('-', '')}`)}`;
