/** What becomes of every file of the real sets that is not simply taken, and why: file, outcome, word of the reason. */
export const oddFiles: readonly (readonly [name: string, outcome: string, detail?: string])[] = [
  // A text.
  ['charset_zoo/FileInfo.txt', 'refused not_dicom'],
  // A fragment, read in charset.test.ts.
  ['charset_zoo/chrSQEncoding.dcm', 'refused dicom_missing_uid', 'SOP Instance UID'],
  // A fragment, read in charset.test.ts.
  ['charset_zoo/chrSQEncoding1.dcm', 'refused dicom_missing_uid', 'SOP Instance UID'],
  // Rows and columns without pixels.
  ['malformed_zoo/fo-dicom/GH1146.dcm', 'refused dicom_truncated', '0 of 524288 bytes of pixels'],
  // Implicit little endian that turns big endian within a sequence.
  [
    'malformed_zoo/fo-dicom/GH177_D_CLUNIE_CT1_IVRLE_BigEndian_undefined_length.dcm',
    'refused dicom_unreadable',
    'x00082112: (FEFF,00E0) instead of an item',
  ],
  // A fragment.
  ['malformed_zoo/fo-dicom/GH220.dcm', 'refused dicom_missing_uid', 'Study Instance UID'],
  // A fragment.
  ['malformed_zoo/fo-dicom/GH223.dcm', 'refused dicom_missing_uid', 'Study Instance UID'],
  // Anonymised until nothing names it.
  ['malformed_zoo/fo-dicom/GH340.dcm', 'refused dicom_missing_uid', 'SOP Instance UID'],
  // An item where no sequence is, DCMTK refuses it too.
  ['malformed_zoo/fo-dicom/GH364.dcm', 'refused dicom_unreadable', '(FFFE,E000) out of its place'],
  // Its UIDs are words.
  ['malformed_zoo/pydicom-data/bad_sequence.dcm', 'refused dicom_invalid_uid', 'SOP Instance UID'],
  // Cut within its pixels.
  ['malformed_zoo/pydicom/MR_truncated.dcm', 'refused dicom_truncated', '62 bytes of pixel data are missing'],
  // A fragment of an object.
  ['malformed_zoo/pydicom/UN_sequence.dcm', 'refused dicom_missing_uid', 'SOP Instance UID'],
  // A table of contents.
  ['malformed_zoo/pydicom/dicomdirtests/DICOMDIR-empty.dcm', 'refused dicom_dicomdir'],
  // A table of contents whose last record is longer than the file.
  [
    'malformed_zoo/pydicom/dicomdirtests/DICOMDIR-nooffset',
    'refused dicom_truncated',
    'ends within (FFFE,E000)',
  ],
  // A table of contents.
  ['malformed_zoo/pydicom/dicomdirtests/DICOMDIR-nopatient', 'refused dicom_dicomdir'],
  // A table of contents.
  ['malformed_zoo/pydicom/dicomdirtests/DICOMDIR-reordered', 'refused dicom_dicomdir'],
  // A fragment.
  ['malformed_zoo/pydicom/empty_charset_LEI.dcm', 'refused dicom_missing_uid', 'SOP Instance UID'],
  // Only private elements of group 1.
  ['malformed_zoo/pydicom/meta_missing_tsyntax.dcm', 'refused not_dicom'],
  // A fragment.
  ['malformed_zoo/pydicom/nested_priv_SQ.dcm', 'refused dicom_missing_uid', 'SOP Instance UID'],
  // A byte stands before its first element.
  ['malformed_zoo/pydicom/no_meta.dcm', 'refused not_dicom'],
  // A fragment.
  ['malformed_zoo/pydicom/no_meta_group_length.dcm', 'refused dicom_missing_uid', 'SOP Instance UID'],
  // A fragment.
  ['malformed_zoo/pydicom/priv_SQ.dcm', 'refused dicom_missing_uid', 'SOP Instance UID'],
  // Cut within the beams.
  ['malformed_zoo/pydicom/rtplan_truncated.dcm', 'refused dicom_truncated', 'ends within (300A,00B0)'],
  // Compressed by gzip.
  ['malformed_zoo/pydicom/zipMR.gz', 'refused not_dicom'],
  // Made for a codec, without a study.
  ['ts_zoo/pydicom-data/HTJ2KLossless_08_RGB.dcm', 'refused dicom_missing_uid', 'Study Instance UID'],
  // Made for a codec, without a study.
  ['ts_zoo/pydicom-data/HTJ2K_08_RGB.dcm', 'refused dicom_missing_uid', 'Study Instance UID'],
  // Made for a codec.
  ['ts_zoo/pydicom-data/JLSN_RGB_ILV0.dcm', 'refused dicom_missing_uid', 'SOP Instance UID'],
  // Made for a codec, without a study.
  ['ts_zoo/pydicom/JPEGLSNearLossless_08.dcm', 'refused dicom_missing_uid', 'Study Instance UID'],
  // Made for a codec, without a study.
  ['ts_zoo/pydicom/JPEGLSNearLossless_16.dcm', 'refused dicom_missing_uid', 'Study Instance UID'],
];
