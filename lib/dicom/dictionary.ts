import dcmjs from 'dcmjs';

const { dictionary } = dcmjs.data.DicomMetaDictionary;

/**
 * The VR that PS3.6 gives a tag (`xggggeeee`), where it gives one; OW stands for "OB or OW".
 * @param signed Pixel Representation: what "US or SS" is
 */
export function dictionaryVr(tag: string, signed = false): string | undefined {
  const known = dictionary[`(${tag.slice(1, 5).toUpperCase()},${tag.slice(5).toUpperCase()})`]?.vr;
  if (known === 'xs') return signed ? 'SS' : 'US';
  if (known === 'ox') return 'OW';
  return known && /^[A-Z]{2}$/.test(known) ? known : undefined;
}
