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

/** The keyword that PS3.6 gives a tag (`GGGGEEEE`), where it gives one. */
export function dictionaryKeyword(tag: string): string | undefined {
  const name = dictionary[`(${tag.slice(0, 4)},${tag.slice(4)})`]?.name;
  return name && /^[A-Z][A-Za-z0-9]*$/.test(name) ? name : undefined;
}
