import { numberValue } from '@/lib/dicom/display-json.ts';
import { fromMiddle } from '../engine/from-middle.ts';
import { comesLater } from './addresses.ts';
import { asking, FRAME, imageIdOf, listSeries, seriesHeaders } from './dicom-web.ts';
import { giveBack, wholeBody } from './frame-memory.ts';

/** Of each series so many images, from the middle, where a reader begins. */
const IMAGES = 8;

/**
 * Brings into the browser's cache what a case shows first: headers of all its series, and their middle images. One
 * request after the other, behind everything else that the page asks for. Throws DicomWebError, AbortError.
 */
export async function warmCase(root: string, signal: AbortSignal): Promise<void> {
  const get = asking(signal, 'low');
  const all = await listSeries(root, undefined, get);
  const images = all.filter((one) => !comesLater(one));
  for (const one of images) {
    const headers = await seriesHeaders(root, one, get);
    const inOrder = headers.toSorted(
      (a, b) => (numberValue(a, '00200013') ?? 0) - (numberValue(b, '00200013') ?? 0),
    );
    for (const header of fromMiddle(inOrder).slice(0, IMAGES)) {
      const url = imageIdOf(root, header, 1).slice('wadors:'.length);
      const response = await fetch(url, { headers: { accept: FRAME }, signal, priority: 'low' });
      // Read to its end, or nothing of it is kept.
      giveBack([await wholeBody(response)]);
    }
  }
  for (const one of all.filter(comesLater)) await seriesHeaders(root, one, get);
}
