import type { DicomJson } from '@/lib/dicom/json.ts';
import type { ErrorCode } from '@/lib/errors.ts';

/** What became of one part of a STOW-RS request, in the order of the parts. */
export type StoreResult = {
  kind: 'stored' | 'aside' | 'failed';
  reason: ErrorCode | null;
  /** English, for people who read the answer. */
  comment: string;
  sopClassUid: string;
  sopInstanceUid: string;
  studyUid: string;
  seriesUid: string;
  /** Overrides the reason's own code. */
  failure?: number;
};

/** Failure Reason (0008,1197) by code of ours: PS3.18 I.2.2 and PS3.7 annex C. */
const FAILURES: Partial<Record<ErrorCode, number>> = {
  storage_full: 0xa700,
  forbidden: 0x0124,
  not_found: 0x0124,
  not_dicom: 0xc000,
  dicom_truncated: 0xc000,
  dicom_unreadable: 0xc000,
  dicom_missing_uid: 0x0120,
  dicom_invalid_uid: 0x0106,
  dicom_dicomdir: 0x0122,
  dicom_ambiguous: 0xc000,
  upload_interrupted: 0xc000,
  multipart_damaged: 0xc000,
};
/** The data set does not match what it was sent to. */
export const DOES_NOT_MATCH = 0xa900;
const PROCESSING_FAILURE = 0x0110;
/** Warning Reason (0008,1196): taken and kept, but aside, until an administrator has decided (PS3.18 I.2.1). */
const KEPT_ASIDE = 0xb000;

/** 200 all stored, 202 some of it or with warnings, 409 none, 507 none for want of space (PS3.18 10.5.3). */
export function storeStatus(results: readonly StoreResult[]): number {
  const failed = results.filter((one) => one.kind === 'failed');
  if (failed.length === results.length)
    return failed.some((one) => one.reason === 'storage_full') ? 507 : 409;
  return results.every((one) => one.kind === 'stored') ? 200 : 202;
}

/** The Store Instances Response (PS3.18 I.2) as DICOM JSON. */
export function storeResponse(results: readonly StoreResult[], root: string): DicomJson {
  const response: DicomJson = {};
  const studies = new Set(results.flatMap((one) => (one.kind === 'stored' ? [one.studyUid] : [])));
  const [study] = studies;
  const sequences: Record<string, DicomJson[]> = { '00081198': [], '00081199': [], '0008119A': [] };
  for (const result of results) {
    const comment: DicomJson = result.comment
      ? { '00000902': { vr: 'LO', Value: [result.comment.slice(0, 64)] } }
      : {};
    if (result.kind !== 'failed') {
      const url = `${root}/studies/${result.studyUid}/series/${result.seriesUid}/instances/${result.sopInstanceUid}`;
      sequences['00081199']?.push({
        ...comment,
        ...reference(result),
        '00081190': { vr: 'UR', Value: [url] },
        ...(result.kind === 'aside' && { '00081196': { vr: 'US', Value: [KEPT_ASIDE] } }),
      });
      continue;
    }
    const code = result.failure ?? (result.reason && FAILURES[result.reason]) ?? PROCESSING_FAILURE;
    const failure: DicomJson = { ...comment, '00081197': { vr: 'US', Value: [code] } };
    if (result.sopInstanceUid === '') sequences['0008119A']?.push(failure);
    else sequences['00081198']?.push({ ...reference(result), ...failure });
  }
  if (studies.size === 1) response['00081190'] = { vr: 'UR', Value: [`${root}/studies/${study}`] };
  for (const [tag, items] of Object.entries(sequences))
    if (items.length > 0) response[tag] = { vr: 'SQ', Value: items };
  return response;
}

const reference = (result: StoreResult): DicomJson => ({
  '00081150': result.sopClassUid ? { vr: 'UI', Value: [result.sopClassUid] } : { vr: 'UI' },
  '00081155': { vr: 'UI', Value: [result.sopInstanceUid] },
});
