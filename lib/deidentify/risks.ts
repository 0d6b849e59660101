import type { DataSet } from 'dicom-parser';
import type { Risk } from './schema.ts';

const STORAGE = '1.2.840.10008.5.1.4.1.1.';
/**
 * Classes whose pixels often carry letters: secondary capture, ultrasound, fluoroscopy and angiography screens, and
 * visible light, which may show a face, a label or a slide's name as well.
 */
const PICTURES = [/^7(\.|$)/, /^3\.1$/, /^6\.1$/, /^6\.2$/, /^12\./, /^77\.1\./, /^481\.1$/];
/** Private contents, raw data, meshes and the like: nobody can say by rule what is in them. */
const OPAQUE = [/^66$/, /^66\.\d*$/, /^9\./, /^104\.[3-6]$/];
const matches = (patterns: readonly RegExp[], text: string) => patterns.some((pattern) => pattern.test(text));

/** What of an object the removal of elements does not reach (PS3.15 E.3.1 to E.3.3); a person is to look. */
export function findRisks(dataSet: DataSet): Risk[] {
  const sopClassUid = dataSet.string('x00080016') ?? '';
  const kind = sopClassUid.startsWith(STORAGE) ? sopClassUid.slice(STORAGE.length) : '';
  const hasPixels = dataSet.elements.x7fe00010 !== undefined;
  const burnedIn = (dataSet.string('x00280301') ?? '').trim();
  const imageType = (dataSet.string('x00080008') ?? '').toUpperCase();
  const risks: Risk[] = [];
  if (hasPixels && burnedIn === 'YES') risks.push('burned_in');
  else if (
    hasPixels &&
    burnedIn !== 'NO' &&
    (kind === '' || matches(PICTURES, kind) || imageType.includes('SCREEN'))
  )
    risks.push('burned_in_unknown');
  // Bits above the pixels' own may draw an overlay (retired, PS3.3 C.9.2): its element goes, its bits stay.
  const embedded = Object.entries(dataSet.elements).some(
    ([tag]) =>
      /^x60..0102$/.test(tag) &&
      (dataSet.uint16(tag) ?? 0) > 0 &&
      !dataSet.elements[`${tag.slice(0, 5)}3000`],
  );
  if (hasPixels && embedded) risks.push('overlay_in_pixels');
  if (/^11\./.test(kind)) risks.push('presentation_state');
  if (/^104\.[12]$/.test(kind) || dataSet.elements.x00420011) risks.push('embedded_document');
  // Spatial registration and segmentation are 66.1 to 66.8: known contents, without text of their own.
  if (matches(OPAQUE, kind) && !/^66\.[1-8]$/.test(kind)) risks.push('opaque_content');
  return risks;
}
