import type { Tx } from '@/lib/db/client.server.ts';
import type { InstanceHeader } from '@/lib/dicom/instance-header.ts';
import { displayName } from '@/lib/dicom/person-name.ts';
import { fold } from './search-text.ts';

/** Writes an instance into the index, with its study and series where they are new, and keeps the counts. */
export async function indexInstance(
  tx: Tx,
  input: {
    centreId: string;
    importedById: string | null;
    header: InstanceHeader;
    sha256: string;
    size: number;
  },
): Promise<string> {
  const { centreId, header } = input;
  const study = await tx.study.upsert({
    where: { centreId_studyInstanceUid: { centreId, studyInstanceUid: header.studyInstanceUid } },
    create: {
      centreId,
      importedById: input.importedById,
      studyInstanceUid: header.studyInstanceUid,
      ...studyFields(header),
    },
    update: {},
    select: { id: true, modalities: true },
  });
  const key = { studyId: study.id, seriesInstanceUid: header.seriesInstanceUid };
  const found = await tx.series.findUnique({
    where: { studyId_seriesInstanceUid: key },
    select: { id: true },
  });
  const series = found
    ? await tx.series.update({
        where: { id: found.id },
        data: { instanceCount: { increment: 1 } },
        select: { id: true },
      })
    : await tx.series.create({
        data: {
          ...key,
          modality: header.modality,
          seriesNumber: header.seriesNumber,
          description: header.seriesDescription,
          bodyPart: header.bodyPart,
          frameOfReferenceUid: header.frameOfReferenceUid,
          seriesDate: header.seriesDate,
          seriesTime: header.seriesTime,
          instanceCount: 1,
        },
        select: { id: true },
      });
  const newModality = header.modality !== '' && !study.modalities.includes(header.modality);
  await tx.study.update({
    where: { id: study.id },
    data: {
      instanceCount: { increment: 1 },
      ...(!found && { seriesCount: { increment: 1 } }),
      ...(newModality && { modalities: [...study.modalities, header.modality].sort() }),
    },
  });
  await tx.instance.create({
    data: {
      centreId,
      seriesId: series.id,
      sopInstanceUid: header.sopInstanceUid,
      sopClassUid: header.sopClassUid,
      transferSyntaxUid: header.transferSyntaxUid,
      instanceNumber: header.instanceNumber,
      rows: header.rows,
      columns: header.columns,
      frames: header.frames,
      sha256: input.sha256,
      size: input.size,
    },
  });
  return series.id;
}

function studyFields(header: InstanceHeader) {
  return {
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
        displayName(header.patientName),
        header.patientId,
        header.accessionNumber,
        header.studyDescription,
      ].join(' '),
    ),
  };
}
