import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { textValue } from '@/lib/dicom/display-json.ts';
import type { SeriesFacts } from '../contract.ts';
import { registerHeaders } from '../engine/cornerstone.ts';
import type { CaseServices } from '../ohif/services.ts';
import { comesLater } from './addresses.ts';
import { taking } from './ahead.ts';
import { imageIdOf, listSeries, seriesHeaders } from './dicom-web.ts';

const PARALLEL = 4;

export type LoadProgress = { done: number; total: number };

/**
 * Loads the headers of everything attached: images first, then what belongs to them. Calls `imagesReady` in between.
 * Throws DicomWebError.
 */
export async function loadCase(options: {
  root: string;
  studyUid?: string;
  series?: readonly SeriesFacts[];
  services: CaseServices;
  signal: AbortSignal;
  onProgress: (progress: LoadProgress) => void;
  imagesReady: () => void;
}): Promise<void> {
  const { root, services, signal } = options;
  const get = taking(signal);
  const all = options.series ?? (await listSeries(root, options.studyUid, get));
  services.announce(all);
  let done = 0;
  const load = async (series: readonly SeriesFacts[]) => {
    const queue = series.values();
    const worker = async () => {
      for (const one of queue) {
        const headers = await seriesHeaders(root, one, get);
        signal.throwIfAborted();
        register(root, headers);
        services.add(headers);
        done += 1;
        options.onProgress({ done, total: all.length });
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, worker));
  };
  options.onProgress({ done, total: all.length });
  await load(all.filter((one) => !comesLater(one)));
  options.imagesReady();
  await load(all.filter(comesLater));
}

/** The loader finds the further frames of an object by its first one. */
function register(root: string, headers: readonly JsonDataSet[]): void {
  const images = headers.filter((header) => textValue(header, '00280010') !== '');
  registerHeaders(images.map((header) => ({ imageId: imageIdOf(root, header, 1), header })));
}
