import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import type { SeriesFacts } from '../contract.ts';
import { comesLater } from './addresses.ts';
import { asking, type GetJson, seriesHeaders } from './dicom-web.ts';

/** So many series' headers are asked for while the viewer starts; it asks for the others. */
const AHEAD = 4;

/** What a page has asked for and its viewer has not taken yet, by address. */
const asked = new Map<string, Promise<JsonDataSet[]>>();

/**
 * Asks for what the viewer will ask for, and keeps it for the viewer until it is taken or `signal` aborts. What fails is
 * not kept: the viewer asks again, and says what is wrong.
 */
export function askingAhead(signal: AbortSignal): GetJson {
  const get = asking(signal);
  return (url) => {
    const known = asked.get(url);
    if (known) return known;
    const answer = get(url);
    asked.set(url, answer);
    const forget = () => asked.get(url) === answer && asked.delete(url);
    answer.catch(forget);
    signal.addEventListener('abort', forget, { once: true });
    return answer;
  };
}

/** Takes what was asked for ahead, each answer once, and asks for what was not. */
export function taking(signal: AbortSignal): GetJson {
  const get = asking(signal);
  return async (url) => {
    const ahead = asked.get(url);
    asked.delete(url);
    return (await ahead?.catch(() => undefined)) ?? get(url);
  };
}

/** Asks for the headers that the viewer wants first: of images, then of what is drawn over them. */
export function askAhead(root: string, series: readonly SeriesFacts[], signal: AbortSignal): void {
  const get = askingAhead(signal);
  const rank = (one: SeriesFacts) => (comesLater(one) ? (one.modality === 'RTSTRUCT' ? 1 : 2) : 0);
  const first = series.toSorted((a, b) => rank(a) - rank(b)).slice(0, AHEAD);
  for (const one of first) seriesHeaders(root, one, get).catch(() => undefined);
}
