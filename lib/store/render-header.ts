import type { DataSet } from 'dicom-parser';
import type { Lookup, Window } from './render-values.ts';

const numbers = (dataSet: DataSet, tag: string): number[] =>
  (dataSet.string(tag) ?? '')
    .split('\\')
    .filter((text) => text.trim() !== '')
    .map(Number)
    .filter(Number.isFinite);

/** The functional group of a frame, its own before the shared one (PS3.3 C.7.6.16); the data set itself for others. */
function groupOf(dataSet: DataSet, frame: number, sequence: string, tag: string): DataSet {
  const own = dataSet.elements.x52009230?.items?.[frame - 1]?.dataSet;
  const shared = dataSet.elements.x52009229?.items?.[0]?.dataSet;
  for (const groups of [own, shared]) {
    const group = groups?.elements[sequence]?.items?.[0]?.dataSet;
    if (group?.elements[tag]) return group;
  }
  return dataSet;
}

/** Modality transformation of a frame: its LUT, or slope and intercept (PS3.3 C.11.1). */
export function modality(dataSet: DataSet, frame: number): (value: number) => number {
  const table = lookupOf(dataSet, dataSet.elements.x00283000?.items?.[0]?.dataSet);
  if (table) {
    const { first, entries } = table;
    return (value) => entries[Math.max(0, Math.min(entries.length - 1, value - first))] ?? 0;
  }
  const group = groupOf(dataSet, frame, 'x00289145', 'x00281053');
  const slope = numbers(group, 'x00281053')[0] ?? 1;
  const intercept = numbers(group, 'x00281052')[0] ?? 0;
  return (value) => value * slope + intercept;
}

/** The first window of a frame's header; undefined when it has none that can be used. */
export function headerWindow(dataSet: DataSet, frame: number): Window | undefined {
  const group = groupOf(dataSet, frame, 'x00289132', 'x00281050');
  const [center] = numbers(group, 'x00281050');
  const [width] = numbers(group, 'x00281051');
  if (center === undefined || width === undefined || width <= 0 || !group.string('x00281050')?.trim())
    return undefined;
  const said = (group.string('x00281056') ?? '').trim().toUpperCase();
  const shape = said === 'SIGMOID' ? 'sigmoid' : said === 'LINEAR_EXACT' ? 'linear-exact' : 'linear';
  return { center, width, shape };
}

/** The first VOI LUT of the header (PS3.3 C.11.2.1.1). */
export const voiLookup = (dataSet: DataSet): Lookup | undefined =>
  lookupOf(dataSet, dataSet.elements.x00283010?.items?.[0]?.dataSet);

function lookupOf(dataSet: DataSet, item: DataSet | undefined): Lookup | undefined {
  if (!item?.elements.x00283006) return undefined;
  return table(item, 'x00283002', 'x00283006', dataSet.uint16('x00280103') === 1);
}

/** Descriptor (entries, first value mapped, bits) and data of a table. */
function table(dataSet: DataSet, descriptor: string, data: string, signed: boolean): Lookup | undefined {
  const element = dataSet.elements[data];
  const count = dataSet.uint16(descriptor, 0);
  const bits = dataSet.uint16(descriptor, 2) ?? 16;
  if (!element || count === undefined) return undefined;
  const length = count === 0 ? 65_536 : count;
  const first = (signed ? dataSet.int16(descriptor, 1) : dataSet.uint16(descriptor, 1)) ?? 0;
  const bytes = dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  // Eight-bit entries may lie packed, two in a word.
  const packed = bytes.length < 2 * length;
  const entries = Array.from({ length }, (_, index) =>
    packed ? (bytes[index] ?? 0) : (dataSet.uint16(data, index) ?? 0),
  );
  return { first, entries, bits: packed ? 8 : Math.min(16, Math.max(8, bits)) };
}

/** Red, green and blue tables of a palette (PS3.3 C.7.6.3.1.5); undefined when they are missing or segmented. */
export function palette(dataSet: DataSet): [Lookup, Lookup, Lookup] | undefined {
  const of = (last: string) => table(dataSet, `x002811${`0${last}`}`, `x002812${`0${last}`}`, false);
  const [red, green, blue] = [of('1'), of('2'), of('3')];
  return red && green && blue ? [red, green, blue] : undefined;
}
