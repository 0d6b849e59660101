import dcmjs from 'dcmjs';
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION } from './implementation.ts';
import { EXPLICIT_LITTLE_ENDIAN } from './uids.ts';

type DicomScalar = string | number;
/** A data set by the keywords of PS3.6; a sequence is an array of data sets. */
export type DicomObject = {
  [keyword: string]: DicomScalar | readonly DicomScalar[] | readonly ArrayBuffer[] | readonly DicomObject[];
};

const { DicomMetaDictionary, DicomDict } = dcmjs.data;

/**
 * A file of PS3.10 in explicit little endian. The same object gives the same bytes.
 * @throws Error for a keyword that PS3.6 does not know: dcmjs would leave it out without a word
 */
export function dicomFile(object: DicomObject & { SOPClassUID: string; SOPInstanceUID: string }): Uint8Array {
  refuseUnknown(object);
  const file = new DicomDict(
    DicomMetaDictionary.denaturalizeDataset({
      FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
      MediaStorageSOPClassUID: object.SOPClassUID,
      MediaStorageSOPInstanceUID: object.SOPInstanceUID,
      TransferSyntaxUID: EXPLICIT_LITTLE_ENDIAN,
      ImplementationClassUID: IMPLEMENTATION_CLASS_UID,
      ImplementationVersionName: IMPLEMENTATION_VERSION,
    }),
  );
  file.dict = DicomMetaDictionary.denaturalizeDataset({ ...object, _vrMap: { PixelData: 'OW' } });
  return new Uint8Array(file.write());
}

function refuseUnknown(object: DicomObject): void {
  for (const [keyword, value] of Object.entries(object)) {
    if (!DicomMetaDictionary.nameMap[keyword]) throw new Error(`PS3.6 knows no ${keyword}`);
    if (!Array.isArray(value)) continue;
    for (const item of value)
      if (typeof item === 'object' && !(item instanceof ArrayBuffer)) refuseUnknown(item);
  }
}

/** A Decimal String: at most 16 characters (PS3.5 6.2). */
export function decimal(value: number): string {
  const short = String(value);
  if (short.length <= 16) return short;
  for (let digits = 14; digits > 0; digits -= 1) {
    const text = String(Number(value.toPrecision(digits)));
    if (text.length <= 16) return text;
  }
  throw new Error(`no Decimal String for ${value}`);
}
