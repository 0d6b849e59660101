import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import type { DicomJson } from '@/lib/dicom/json.ts';
import { readableStudies } from '@/lib/store/list-studies.server.ts';
import { resolveStudy } from '@/lib/store/load-study.server.ts';
import { recordRead } from '@/lib/store/record-read.server.ts';
import { instancesOf, seriesOf } from '@/lib/store/study-contents.server.ts';
import type { DicomWebAnswer } from './answer.ts';
import type { DicomWebRequest } from './path.ts';

type Of<S extends DicomWebRequest['service']> = Extract<DicomWebRequest, { service: S }>;

const text = (vr: string, value: string) =>
  value === '' ? { vr } : { vr, Value: [vr === 'PN' ? { Alphabetic: value } : value] };
const number = (vr: string, value: number | null) => (value === null ? { vr } : { vr, Value: [value] });

function answer(rows: DicomJson[]): DicomWebAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/dicom+json', 'cache-control': 'private, no-store' },
    body: JSON.stringify(rows),
  };
}

/** QIDO-RS studies: what the actor may read, by Study Instance UID or Patient ID where asked. */
export async function queryStudies(
  actor: AuthenticatedActor,
  path: Of<'studies'>,
  query: URLSearchParams,
): Promise<DicomWebAnswer> {
  const limit = Math.min(Math.max(1, Number(query.get('limit') ?? 200) || 200), 1000);
  const uid = query.get('StudyInstanceUID') ?? query.get('0020000D');
  const patientId = query.get('PatientID') ?? query.get('00100020');
  const rows = await readableStudies(actor, {
    caseId: path.caseId,
    where: { ...(uid && { studyInstanceUid: uid }), ...(patientId && { patientId }) },
    take: limit,
  });
  return answer(
    rows.map((row) => ({
      '00080020': text('DA', row.studyDate),
      '00080030': text('TM', row.studyTime),
      '00080050': text('SH', row.accessionNumber),
      '00080061': row.modalities.length > 0 ? { vr: 'CS', Value: row.modalities } : { vr: 'CS' },
      '00080090': text('PN', row.referringPhysician),
      '00081030': text('LO', row.description),
      '00081190': text('UR', `${path.root}/studies/${row.studyInstanceUid}`),
      '00100010': text('PN', row.patientName),
      '00100020': text('LO', row.patientId),
      '00100030': text('DA', row.patientBirthDate),
      '00100040': text('CS', row.patientSex),
      '0020000D': text('UI', row.studyInstanceUid),
      '00200010': text('SH', row.studyId),
      '00201206': number('IS', row.seriesCount),
      '00201208': number('IS', row.instanceCount),
    })),
  );
}

/** QIDO-RS series of one study. */
export async function querySeries(actor: AuthenticatedActor, path: Of<'series'>): Promise<DicomWebAnswer> {
  const study = await resolveStudy(actor, { caseId: path.caseId }, path.study);
  await recordRead(actor, study, path.caseId);
  const rows = await seriesOf(study);
  return answer(
    rows.map((row) => ({
      '00080021': text('DA', row.seriesDate),
      '00080060': text('CS', row.modality),
      '0008103E': text('LO', row.description),
      '00081190': text('UR', `${path.root}/studies/${path.study}/series/${row.seriesInstanceUid}`),
      '0020000D': text('UI', path.study),
      '0020000E': text('UI', row.seriesInstanceUid),
      '00200011': number('IS', row.seriesNumber),
      '00200052': text('UI', row.frameOfReferenceUid),
      '00201209': number('IS', row.instanceCount),
    })),
  );
}

/** QIDO-RS instances of one series. */
export async function queryInstances(
  actor: AuthenticatedActor,
  path: Of<'instances'>,
): Promise<DicomWebAnswer> {
  const study = await resolveStudy(actor, { caseId: path.caseId }, path.study);
  await recordRead(actor, study, path.caseId);
  const rows = await instancesOf(study, path.series);
  return answer(
    rows.map((row) => ({
      '00080016': text('UI', row.sopClassUid),
      '00080018': text('UI', row.sopInstanceUid),
      '00083002': text('UI', row.transferSyntaxUid),
      '0020000D': text('UI', path.study),
      '0020000E': text('UI', path.series),
      '00200013': number('IS', row.instanceNumber),
      '00280008': number('IS', row.frames),
      '00280010': number('US', row.rows),
      '00280011': number('US', row.columns),
    })),
  );
}
