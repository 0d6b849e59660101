import type { DicomJson, DicomJsonElement } from '@/lib/dicom/json.ts';

/** One value that two objects do not share. `path` names it through its sequences: `(3006,0020)[2].(3006,0026)`. */
export type Difference = { path: string; stored: string | null; incoming: string | null };

const MAX_SHOWN = 200;

/** Where two headers differ, in the order of their tags; a value that one has not is null. */
export function differences(stored: DicomJson, incoming: DicomJson, prefix = ''): Difference[] {
  const tags = [...new Set([...Object.keys(stored), ...Object.keys(incoming)])].sort();
  return tags.flatMap((tag) => {
    const path = `${prefix}(${tag.slice(0, 4)},${tag.slice(4)})`;
    return ofElement(path, stored[tag], incoming[tag]);
  });
}

function ofElement(path: string, a?: DicomJsonElement, b?: DicomJsonElement): Difference[] {
  if (a && b && a.vr === 'SQ' && b.vr === 'SQ') {
    const [before, after] = [itemsOf(a), itemsOf(b)];
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => {
      const [one, other] = [before[index], after[index]];
      if (one && other) return differences(one, other, `${path}[${index + 1}].`);
      return [{ path: `${path}[${index + 1}]`, stored: said(one), incoming: said(other) }];
    }).flat();
  }
  const [before, after] = [a ? valueText(a) : null, b ? valueText(b) : null];
  return before === after ? [] : [{ path, stored: cut(before), incoming: cut(after) }];
}

const itemsOf = (element: DicomJsonElement): DicomJson[] => (element.Value ?? []) as DicomJson[];
const said = (item: DicomJson | undefined): string | null => (item ? cut(JSON.stringify(item)) : null);

function valueText(element: DicomJsonElement): string {
  if (element.InlineBinary !== undefined) return element.InlineBinary;
  if (element.BulkDataURI !== undefined) return element.BulkDataURI;
  return (element.Value ?? []).map(plain).join('\\');
}

function plain(value: unknown): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  if ('Alphabetic' in value || 'Ideographic' in value || 'Phonetic' in value) {
    const name = value as Record<string, string | undefined>;
    return [name.Alphabetic, name.Ideographic, name.Phonetic]
      .map((group) => group ?? '')
      .join('=')
      .replace(/=+$/, '');
  }
  return JSON.stringify(value);
}

const cut = (text: string | null): string | null =>
  text !== null && text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
