/** One entry of an Accept header (RFC 9110 12.5.1), or of PS3.18's `accept` query parameter. */
export type MediaRange = {
  /** E.g. `multipart/related`, `image/*`, lower case. */
  type: string;
  /** For multipart/related: the type of its parts, else ''. */
  part: string;
  /** `*`, a UID, or '' when not said. */
  transferSyntax: string;
  q: number;
};

const known = new Map<string, readonly MediaRange[]>();

/** Reads an Accept header, best first; nothing said is anything. The same few headers come again and again: kept. */
export function parseAccept(header: string | undefined): readonly MediaRange[] {
  const text = header?.trim() || '*/*';
  const before = known.get(text);
  if (before) return before;
  const ranges = split(text, ',')
    .map(readRange)
    .filter((range) => range.q > 0)
    .map((range, index) => ({ range, index }))
    .sort((a, b) => b.range.q - a.range.q || a.index - b.index)
    .map(({ range }) => range);
  if (known.size > 200) known.clear();
  if (text.length < 1000) known.set(text, ranges);
  return ranges;
}

function readRange(text: string): MediaRange {
  const [type = '', ...parameters] = split(text, ';');
  const of = (name: string): string => {
    const found = parameters.find((one) => one.trim().toLowerCase().startsWith(`${name}=`));
    return (found?.slice(found.indexOf('=') + 1) ?? '').trim().replace(/^"(.*)"$/, '$1');
  };
  const q = Number(of('q') || '1');
  return {
    type: type.trim().toLowerCase(),
    part: of('type').toLowerCase(),
    transferSyntax: of('transfer-syntax'),
    q: Number.isFinite(q) ? Math.min(1, Math.max(0, q)) : 0,
  };
}

/** Splits at a separator outside of quotes. */
function split(text: string, separator: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === separator && !quoted) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** Whether a media range covers a concrete type. */
export const covers = (range: string, type: string): boolean =>
  range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));

/** The first of the offered types that the ranges want, in the client's order. */
export function chooseType(ranges: readonly MediaRange[], offers: readonly string[]): string | undefined {
  for (const range of ranges) {
    const found = offers.find((offer) => covers(range.type, offer));
    if (found) return found;
  }
  return undefined;
}

export type PixelChoice = {
  /** Parts of a multipart answer, or the one body. */
  multipart: boolean;
  /** Media type of the part. */
  type: string;
  transferSyntax: 'stored' | 'native';
};

/**
 * Chooses how pixels or instances go out. Not said and `*` are as stored; a UID must be the stored one, or Explicit
 * VR Little Endian, which is decoded to. Undefined when nothing fits.
 * @param stored transfer syntaxes of all that is asked for
 * @param types what a part may be called, e.g. `application/dicom`
 * @param single whether one body without parts can hold it
 */
export function choosePixels(
  ranges: readonly MediaRange[],
  stored: readonly string[],
  types: readonly string[],
  single: boolean,
): PixelChoice | undefined {
  for (const range of ranges) {
    const multipart = range.type === 'multipart/related' || (!single && range.type === '*/*');
    if (!multipart && !single) continue;
    const wanted = range.type === 'multipart/related' ? range.part || '*/*' : range.type;
    const type = types.find((one) => covers(wanted, one));
    const transferSyntax = type && chooseSyntax(range.transferSyntax, stored);
    if (type && transferSyntax) return { multipart, type, transferSyntax };
  }
  return undefined;
}

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

function chooseSyntax(asked: string, stored: readonly string[]): PixelChoice['transferSyntax'] | undefined {
  if (asked === '' || asked === '*' || stored.every((one) => one === asked)) return 'stored';
  return asked === EXPLICIT_LITTLE_ENDIAN ? 'native' : undefined;
}
