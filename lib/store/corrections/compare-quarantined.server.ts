import { createHash } from 'node:crypto';
import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { instanceHeader } from '@/lib/dicom/instance-header.ts';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { displayName } from '@/lib/dicom/person-name.ts';
import { AppError } from '@/lib/errors.ts';
import { blobPath } from '../paths.server.ts';
import { readBlobHeader } from '../read-header.server.ts';
import type { ObjectFacts, QuarantineComparison } from '../schema.ts';
import { differences } from './differences.ts';
import { keywordOf } from './keyword.ts';
import { pixelDigest } from './pixel-digest.server.ts';

/** More than this nobody reads; the count says how many there are. */
const MAX_LISTED = 300;

/**
 * A quarantined object beside the stored one of its UID: whose each says to be, every attribute that differs, and
 * whether the pixels do. Where nothing is stored under that UID `stored` is null, and `study` is what the study that it
 * would belong to says. Audited: it shows a patient's data.
 */
export async function compareQuarantined(actor: Actor, id: string): Promise<QuarantineComparison> {
  const row = await db().quarantinedObject.findUnique({ where: { id } });
  if (!row) throw new AppError('not_found');
  authorise(actor, 'centre.quarantine', { kind: 'centre', centreId: row.centreId });
  const { centreId, sopInstanceUid } = row;
  const twin = await db().instance.findUnique({
    where: { centreId_sopInstanceUid: { centreId, sopInstanceUid } },
  });
  await withAudit(actor, async (_tx, audit) => {
    audit({
      action: 'quarantine.read',
      resourceType: 'quarantine',
      resourceId: id,
      centreId,
      details: { instance: sopInstanceUid },
    });
  });
  const incoming = await read(row.sha256);
  if (!twin) {
    const study = await studyFacts(centreId, incoming.studyInstanceUid);
    return { incoming: incoming.facts, stored: null, study, attributes: [], total: 0, pixels: 'none' };
  }
  const stored = await read(twin.sha256);
  const all = differences(stored.json, incoming.json);
  return {
    incoming: incoming.facts,
    stored: stored.facts,
    study: null,
    attributes: all.slice(0, MAX_LISTED).map((one) => ({ ...one, name: keywordOf(one.path) })),
    total: all.length,
    pixels: await comparePixels(row.sha256, twin.sha256),
  };
}

async function studyFacts(centreId: string, studyInstanceUid: string): Promise<ObjectFacts | null> {
  const study = await db().study.findUnique({
    where: { centreId_studyInstanceUid: { centreId, studyInstanceUid } },
  });
  return (
    study && {
      patientName: displayName(study.patientName),
      patientBirthDate: study.patientBirthDate,
      patientId: study.patientId,
      patientSex: study.patientSex,
      studyDate: study.studyDate,
      description: study.description,
      modality: study.modalities.join(', '),
    }
  );
}

async function read(sha256: string) {
  const parsed = await readBlobHeader(blobPath(sha256));
  const header = instanceHeader(parsed);
  const facts: ObjectFacts = {
    patientName: displayName(header.patientName),
    patientBirthDate: header.patientBirthDate,
    patientId: header.patientId,
    patientSex: header.patientSex,
    studyDate: header.studyDate,
    description: header.studyDescription || header.seriesDescription,
    modality: header.modality,
  };
  // A long binary value is told by its digest: equal values are equal, and nobody reads one.
  const json = toDicomJson(parsed.dataSet, (path) => {
    const tags = path.split('/').filter(Boolean);
    let dataSet = parsed.dataSet;
    for (const [at, part] of tags.entries()) {
      const element = dataSet.elements[`x${part.toLowerCase()}`];
      if (at === tags.length - 1 && element)
        return createHash('sha256')
          .update(dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length))
          .digest('hex');
      const next = element?.items?.[Number(tags[at + 1])]?.dataSet;
      if (next) dataSet = next;
    }
    return path;
  });
  return { facts, json, studyInstanceUid: header.studyInstanceUid };
}

async function comparePixels(a: string, b: string): Promise<QuarantineComparison['pixels']> {
  const [one, other] = await Promise.all([pixelDigest(blobPath(a)), pixelDigest(blobPath(b))]);
  if (one === null && other === null) return 'none';
  return one === other ? 'same' : 'differ';
}
