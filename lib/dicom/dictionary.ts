import dcmjs from 'dcmjs';

const { dictionary } = dcmjs.data.DicomMetaDictionary;

/** The VR that PS3.6 gives a tag (`xggggeeee`), where it gives one; US stands for "US or SS", OW for "OB or OW". */
export function dictionaryVr(tag: string): string | undefined {
  const known = dictionary[`(${tag.slice(1, 5).toUpperCase()},${tag.slice(5).toUpperCase()})`]?.vr;
  if (known === 'xs') return 'US';
  if (known === 'ox') return 'OW';
  return known && /^[A-Z]{2}$/.test(known) ? known : undefined;
}
