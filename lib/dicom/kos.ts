import {
  type DerivedIdentity,
  derivedModules,
  type ImageReference,
  imageReferenceItem,
  plainPersonName,
} from './derived-object.ts';
import { type DicomObject, dicomFile } from './dicom-file.ts';
import type { JsonDataSet } from './display-json.ts';
import { ownTime } from './own-time.ts';

export const KEY_OBJECT_SELECTION = '1.2.840.10008.5.1.4.1.1.88.59';

export type KeyObjects = {
  /** Header of an image of the study that the document belongs into. */
  image: JsonDataSet;
  identity: DerivedIdentity;
  /** Title and note, as they are read. */
  description: string;
  /** At least one. Several studies may be meant. */
  references: readonly ImageReference[];
};

/** A Key Object Selection document (PS3.3 A.35.4, PS3.16 TID 2010), as a file. */
export function keyObjectSelection({ image, identity, description, references }: KeyObjects): Uint8Array {
  const { date, time } = ownTime(image, identity.at);
  return dicomFile({
    ...derivedModules(image, identity, { sopClassUid: KEY_OBJECT_SELECTION, modality: 'KO' }),
    ReferencedPerformedProcedureStepSequence: [],
    ContentDate: date,
    ContentTime: time,
    CurrentRequestedProcedureEvidenceSequence: evidence(references),
    ValueType: 'CONTAINER',
    ConceptNameCodeSequence: [code('113000', 'Of Interest')],
    ContinuityOfContent: 'SEPARATE',
    ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: '2010' }],
    ContentSequence: [
      // Who selected (TID 1002, 1003).
      {
        RelationshipType: 'HAS OBS CONTEXT',
        ValueType: 'CODE',
        ConceptNameCodeSequence: [code('121005', 'Observer Type')],
        ConceptCodeSequence: [code('121006', 'Person')],
      },
      {
        RelationshipType: 'HAS OBS CONTEXT',
        ValueType: 'PNAME',
        ConceptNameCodeSequence: [code('121008', 'Person Observer Name')],
        PersonName: plainPersonName(identity.author),
      },
      {
        RelationshipType: 'CONTAINS',
        ValueType: 'TEXT',
        ConceptNameCodeSequence: [code('113012', 'Key Object Description')],
        TextValue: description,
      },
      ...references.map((reference) => ({
        RelationshipType: 'CONTAINS',
        ValueType: 'IMAGE',
        ReferencedSOPSequence: [imageReferenceItem(reference)],
      })),
    ],
  });
}

const code = (value: string, meaning: string): DicomObject => ({
  CodeValue: value,
  CodingSchemeDesignator: 'DCM',
  CodeMeaning: meaning,
});

/** Hierarchical SOP Instance Reference Macro (PS3.3 table C.17-3): each instance once, under its series and study. */
function evidence(references: readonly ImageReference[]): DicomObject[] {
  return grouped(references, 'studyUid').map(([studyUid, ofStudy]) => ({
    StudyInstanceUID: studyUid,
    ReferencedSeriesSequence: grouped(ofStudy, 'seriesUid').map(([seriesUid, ofSeries]) => ({
      SeriesInstanceUID: seriesUid,
      ReferencedSOPSequence: grouped(ofSeries, 'sopInstanceUid').map(([sopInstanceUid, [first]]) => ({
        ReferencedSOPClassUID: first?.sopClassUid ?? '',
        ReferencedSOPInstanceUID: sopInstanceUid,
      })),
    })),
  }));
}

function grouped(
  references: readonly ImageReference[],
  by: 'studyUid' | 'seriesUid' | 'sopInstanceUid',
): [string, ImageReference[]][] {
  const groups = new Map<string, ImageReference[]>();
  for (const one of references) groups.set(one[by], [...(groups.get(one[by]) ?? []), one]);
  return [...groups];
}
