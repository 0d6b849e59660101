import { dictionaryKeyword } from './dictionary.ts';
import type { DicomJson, DicomJsonElement } from './json.ts';

/**
 * A data set as XML of the Native DICOM Model (PS3.19 annex A), from its DICOM JSON: the two hold the same. Characters
 * that XML 1.0 has no place for become U+FFFD.
 */
export function nativeXml(dataSet: DicomJson): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<NativeDicomModel xmlns="http://dicom.nema.org/PS3.19/models/NativeDICOM" xml:space="preserve">${attributes(dataSet)}</NativeDicomModel>\n`;
}

function attributes(dataSet: DicomJson): string {
  return Object.entries(dataSet)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([tag, element]) => attribute(dataSet, tag, element))
    .join('');
}

function attribute(dataSet: DicomJson, tag: string, element: DicomJsonElement): string {
  const creator = privateCreator(dataSet, tag);
  const keyword = dictionaryKeyword(tag);
  // The block that an element was given in one object says nothing outside of it (PS3.19 annex A).
  const shownTag = creator === undefined ? tag : `${tag.slice(0, 4)}00${tag.slice(6)}`;
  const names = [
    `tag="${shownTag}"`,
    `vr="${element.vr}"`,
    ...(keyword ? [`keyword="${keyword}"`] : []),
    ...(creator === undefined ? [] : [`privateCreator="${escaped(creator)}"`]),
  ];
  return `<DicomAttribute ${names.join(' ')}>${content(element)}</DicomAttribute>`;
}

/** Who defined a private element, as the reservation of its block says (PS3.5 7.8.1); undefined for any other. */
function privateCreator(dataSet: DicomJson, tag: string): string | undefined {
  const isPrivate = (Number.parseInt(tag.slice(3, 4), 16) & 1) === 1;
  if (!isPrivate || tag.slice(4, 6) === '00') return undefined;
  const creator = dataSet[`${tag.slice(0, 4)}00${tag.slice(4, 6)}`]?.Value?.[0];
  return typeof creator === 'string' ? creator : undefined;
}

function content({ vr, Value = [], BulkDataURI, InlineBinary }: DicomJsonElement): string {
  if (BulkDataURI !== undefined) return `<BulkData uri="${escaped(BulkDataURI)}"/>`;
  if (InlineBinary !== undefined) return `<InlineBinary>${InlineBinary}</InlineBinary>`;
  return Value.map((value, index) => {
    const number = `number="${index + 1}"`;
    if (vr === 'SQ') return `<Item ${number}>${attributes(value as DicomJson)}</Item>`;
    if (vr === 'PN') return `<PersonName ${number}>${personName(value)}</PersonName>`;
    // An empty value keeps its place: those behind it keep their numbers.
    return `<Value ${number}>${value === null ? '' : escaped(String(value))}</Value>`;
  }).join('');
}

const GROUPS = ['Alphabetic', 'Ideographic', 'Phonetic'] as const;
const COMPONENTS = ['FamilyName', 'GivenName', 'MiddleName', 'NamePrefix', 'NameSuffix'] as const;

function personName(value: unknown): string {
  const name = (value ?? {}) as Partial<Record<(typeof GROUPS)[number], string>>;
  return GROUPS.filter((group) => name[group])
    .map((group) => {
      const parts = (name[group] ?? '').split('^');
      const components = COMPONENTS.map((component, index) =>
        parts[index] ? `<${component}>${escaped(parts[index])}</${component}>` : '',
      );
      return `<${group}>${components.join('')}</${group}>`;
    })
    .join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replaceAll('\r', '&#13;');
