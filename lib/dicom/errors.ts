/** Why bytes cannot be taken as a DICOM object. The codes are also those of lib/errors.ts. */
export type DicomErrorCode =
  | 'not_dicom'
  | 'dicom_truncated'
  | 'dicom_missing_uid'
  | 'dicom_invalid_uid'
  | 'dicom_dicomdir'
  | 'dicom_ambiguous'
  | 'dicom_unreadable';

export class DicomError extends Error {
  readonly code: DicomErrorCode;
  readonly detail: string;

  constructor(code: DicomErrorCode, detail = '') {
    super(detail ? `${code}: ${detail}` : code);
    this.name = 'DicomError';
    this.code = code;
    this.detail = detail;
  }
}
