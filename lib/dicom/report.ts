import { items, type JsonDataSet, numberValue, textValue, textValues } from './display-json.ts';

/** What a content item of a structured report says (PS3.3 C.17.3.2), to be put into words by whoever shows it. */
export type ReportValue =
  | { type: 'container' }
  | { type: 'text'; text: string }
  | { type: 'number'; value: number; unit: string }
  /** DICOM's own writing: `YYYYMMDD`, `HHMMSS`, or both. */
  | { type: 'date' | 'time' | 'datetime'; value: string }
  /** An object that is referred to. */
  | { type: 'object'; sopClassUid: string; sopInstanceUid: string; frames: string }
  /** A place or a span that is given in figures. */
  | { type: 'place'; graphic: string; points: number }
  /** Another item of the same report, by its number. */
  | { type: 'reference'; item: string }
  /** Nothing is said where something should be, or by a means that is not known here. */
  | { type: 'unknown'; valueType: string };

/** One item of a report in reading order. */
export type ReportItem = {
  /** How deep it stands: 0 for what the report is. */
  level: number;
  /** `1`, `1.2`, … as a reference names it (PS3.3 C.17.3.2.5). */
  number: string;
  /** What it is called; '' where it has no name. */
  name: string;
  /** How it belongs to the item that it stands under, e.g. `CONTAINS`; '' for the report itself. */
  relation: string;
  value: ReportValue;
};

/** Deeper, or longer, is nothing that anybody reads: the rest is said to be left out. */
const DEEPEST = 40;
const LONGEST = 5000;

/**
 * A structured report's content tree as a list in reading order. Every item is there: what cannot be read is named by
 * its value type.
 * @returns the items, and whether the tree went on after the last of them
 */
export function readReport(header: JsonDataSet): { items: ReportItem[]; cut: boolean } {
  const list: ReportItem[] = [];
  let cut = false;
  const walk = (item: JsonDataSet, level: number, number: string) => {
    if (level > DEEPEST || list.length >= LONGEST) {
      cut = true;
      return;
    }
    const name = textValue(items(item, '0040A043')[0], '00080104');
    list.push({ level, number, name, relation: textValue(item, '0040A010'), value: spoken(item) });
    items(item, '0040A730').forEach((child, index) => {
      walk(child, level + 1, `${number}.${index + 1}`);
    });
  };
  walk(header, 0, '1');
  return { items: list, cut };
}

function spoken(item: JsonDataSet): ReportValue {
  const reference = item['0040DB73']?.Value;
  if (reference && reference.length > 0) return { type: 'reference', item: reference.join('.') };
  const valueType = textValue(item, '0040A040');
  const unknown: ReportValue = { type: 'unknown', valueType };
  const written = (text: string): ReportValue => (text === '' ? unknown : { type: 'text', text });
  const dated = (type: 'date' | 'time' | 'datetime', tag: string): ReportValue => {
    const value = textValue(item, tag);
    return value === '' ? unknown : { type, value };
  };
  switch (valueType) {
    case 'CONTAINER':
      return { type: 'container' };
    case 'TEXT':
      return written(textValue(item, '0040A160'));
    case 'CODE':
      return written(textValue(items(item, '0040A168')[0], '00080104'));
    case 'PNAME':
      return written(textValue(item, '0040A123'));
    case 'UIDREF':
      return written(textValue(item, '0040A124'));
    case 'NUM':
      return measured(item) ?? unknown;
    case 'DATE':
      return dated('date', '0040A121');
    case 'TIME':
      return dated('time', '0040A122');
    case 'DATETIME':
      return dated('datetime', '0040A120');
    case 'IMAGE':
    case 'COMPOSITE':
    case 'WAVEFORM':
      return referred(item) ?? unknown;
    case 'SCOORD':
    case 'SCOORD3D':
      return placed(item) ?? unknown;
    default:
      return unknown;
  }
}

/** A number with its unit, or the words for why there is none (Numeric Value Qualifier). */
function measured(item: JsonDataSet): ReportValue | null {
  const [one] = items(item, '0040A300');
  const value = numberValue(one, '0040A30A');
  if (value === null) {
    const why = textValue(items(item, '0040A301')[0], '00080104');
    return why === '' ? null : { type: 'text', text: why };
  }
  const [unit] = items(one, '004008EA');
  const code = textValue(unit, '00080100');
  // UCUM's "1" is no unit, and its annotations in braces are words for people ("{ratio}").
  const shown = code === '1' || /^\{.*\}$/.test(code) ? '' : code || textValue(unit, '00080104');
  return { type: 'number', value, unit: shown };
}

function referred(item: JsonDataSet): ReportValue | null {
  const [one] = items(item, '00081199');
  const sopInstanceUid = textValue(one, '00081155');
  if (sopInstanceUid === '') return null;
  const sopClassUid = textValue(one, '00081150');
  return { type: 'object', sopClassUid, sopInstanceUid, frames: textValues(one, '00081160').join(', ') };
}

function placed(item: JsonDataSet): ReportValue | null {
  const graphic = textValue(item, '00700023');
  if (graphic === '') return null;
  const each = textValue(item, '0040A040') === 'SCOORD3D' ? 3 : 2;
  return { type: 'place', graphic, points: Math.floor((item['00700022']?.Value?.length ?? 0) / each) };
}
