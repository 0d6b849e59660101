import type { DataSet, Element } from 'dicom-parser';
import { decodeText } from '@/lib/dicom/charset.ts';
import { dictionaryVr } from '@/lib/dicom/dictionary.ts';
import type { NewElement, NewItem } from '@/lib/dicom/rewrite.ts';
import { CHARACTER_SET_VRS } from '@/lib/dicom/rewrite-text.ts';

/** An element as a new one of the same value. Text is decoded, so that it may be written in another character set. */
export function copyElement(
  dataSet: DataSet,
  element: Element,
  characterSet: string | undefined,
): NewElement {
  const vr = element.vr ?? dictionaryVr(element.tag) ?? (element.items ? 'SQ' : 'UN');
  if (element.items) {
    return { tag: element.tag, vr: 'SQ', value: itemsOf(element, characterSet) };
  }
  const bytes = dataSet.byteArray.subarray(
    element.dataOffset,
    element.dataOffset + element.length,
  ) as Uint8Array;
  const value = CHARACTER_SET_VRS.has(vr)
    ? decodeText(bytes, characterSet, vr).replace(/[\0 ]+$/, '')
    : bytes;
  return { tag: element.tag, vr, value };
}

/** The items of a sequence as new ones. */
export function itemsOf(element: Element, characterSet: string | undefined): NewItem[] {
  return (element.items ?? []).flatMap(({ dataSet }) => {
    if (!dataSet) return [];
    const own = dataSet.elements.x00080005 ? dataSet.string('x00080005') : characterSet;
    const elements = Object.values(dataSet.elements)
      .filter(({ tag }) => !tag.startsWith('xfffee0') && !tag.endsWith('0000') && tag !== 'x00080005')
      .map((one) => copyElement(dataSet, one, own));
    return [{ elements }];
  });
}
