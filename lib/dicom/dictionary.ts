import dcmjs from 'dcmjs';

/** Read when it is first asked: data sets with explicit VRs never ask. */
const known = (tag: string) => dcmjs.data.DicomMetaDictionary.dictionary[tag];

/**
 * The VR that PS3.6 gives a tag (`xggggeeee`), where it gives one; OW stands for "OB or OW".
 * @param signed Pixel Representation: what "US or SS" is
 */
export function dictionaryVr(tag: string, signed = false): string | undefined {
  let vr = vrs.get(tag);
  if (vr === undefined) {
    vr = vrOf(tag);
    if (vrs.size < 20_000) vrs.set(tag, vr);
  }
  if (vr === 'xs') return signed ? 'SS' : 'US';
  return vr === '' ? undefined : vr;
}

/** What was asked before: a million elements have a few hundred tags. */
const vrs = new Map<string, string>();

function vrOf(tag: string): string {
  const vr = known(`(${tag.slice(1, 5).toUpperCase()},${tag.slice(5).toUpperCase()})`)?.vr ?? '';
  if (vr === 'ox') return 'OW';
  return vr === 'xs' || /^[A-Z]{2}$/.test(vr) ? vr : '';
}

/** The keyword that PS3.6 gives a tag (`GGGGEEEE`), where it gives one. */
export function dictionaryKeyword(tag: string): string | undefined {
  const name = known(`(${tag.slice(0, 4)},${tag.slice(4)})`)?.name;
  return name && /^[A-Z][A-Za-z0-9]*$/.test(name) ? name : undefined;
}
