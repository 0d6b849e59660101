import { type DerivedIdentity, derivedModules } from './derived-object.ts';
import { dicomFile } from './dicom-file.ts';
import type { JsonDataSet } from './display-json.ts';
import { DicomError } from './errors.ts';

export const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

/**
 * A picture of the screen as a Secondary Capture image (PS3.3 A.8.1), as a file. It says that identifying words are
 * part of the picture: who de-identifies must know.
 * @param picture 8 bits per sample, red, green, blue, row by row
 * @throws DicomError when there are not as many samples as the size says
 */
export function secondaryCapture(input: {
  /** Header of an image of the study that the picture belongs into. */
  image: JsonDataSet;
  identity: DerivedIdentity;
  picture: { rows: number; columns: number; rgb: Uint8Array };
}): Uint8Array {
  const { rows, columns, rgb } = input.picture;
  const size = rows * columns * 3;
  if (rgb.length !== size || size === 0)
    throw new DicomError('dicom_unreadable', `${rgb.length} samples for ${columns} x ${rows} pixels`);
  const pixels = new Uint8Array(size + (size % 2));
  pixels.set(rgb);
  return dicomFile({
    ...derivedModules(input.image, input.identity, { sopClassUid: SECONDARY_CAPTURE, modality: 'OT' }),
    ConversionType: 'WSD',
    ImageType: ['DERIVED', 'SECONDARY'],
    BurnedInAnnotation: 'YES',
    PatientOrientation: '',
    SamplesPerPixel: 3,
    PhotometricInterpretation: 'RGB',
    PlanarConfiguration: 0,
    Rows: rows,
    Columns: columns,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    PixelData: [pixels.buffer],
  });
}
