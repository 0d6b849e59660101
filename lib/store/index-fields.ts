import type { InstanceHeader } from '@/lib/dicom/instance-header.ts';
import { fold } from './search-text.ts';

/** Where the pixel data's value lies in the file; nulls where it cannot be handed out as it lies there. */
export type PixelSpan = { pixelOffset: number | null; pixelLength: number | null };

/** What the index keeps of a study, a series and an instance, from one object's header. */
export function indexFields(header: InstanceHeader, blob: { sha256: string; size: number } & PixelSpan) {
  return {
    study: {
      studyInstanceUid: header.studyInstanceUid,
      patientId: header.patientId,
      patientName: header.patientName,
      patientBirthDate: header.patientBirthDate,
      patientSex: header.patientSex,
      studyDate: header.studyDate,
      studyTime: header.studyTime,
      studyId: header.studyId,
      accessionNumber: header.accessionNumber,
      description: header.studyDescription,
      referringPhysician: header.referringPhysician,
      searchText: fold(
        [
          // All three groups: who writes in kana looks for kana.
          header.patientName.replace(/[\^=]+/g, ' '),
          header.patientId,
          header.accessionNumber,
          header.studyDescription,
        ].join(' '),
      ),
    },
    series: {
      seriesInstanceUid: header.seriesInstanceUid,
      modality: header.modality,
      seriesNumber: header.seriesNumber,
      description: header.seriesDescription,
      bodyPart: header.bodyPart,
      frameOfReferenceUid: header.frameOfReferenceUid,
      seriesDate: header.seriesDate,
      seriesTime: header.seriesTime,
    },
    instance: {
      sopInstanceUid: header.sopInstanceUid,
      sopClassUid: header.sopClassUid,
      transferSyntaxUid: header.transferSyntaxUid,
      instanceNumber: header.instanceNumber,
      rows: header.rows,
      columns: header.columns,
      frames: header.frames,
      sha256: blob.sha256,
      size: blob.size,
      pixelOffset: blob.pixelOffset,
      pixelLength: blob.pixelLength,
    },
  };
}
