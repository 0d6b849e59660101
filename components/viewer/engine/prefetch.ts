import {
  cache,
  Enums,
  getShouldUseCPURendering,
  imageLoader,
  imageLoadPoolManager,
} from '@cornerstonejs/core';
import type { Fusion } from '@/lib/live/view-state.ts';
import type { Stack } from '../data/stack.ts';
import { fromMiddle } from './from-middle.ts';
import type { Pane } from './pane.ts';

/** Of a browser's six connections to a server two stay free for what is asked for by hand. */
const AT_ONCE = 4;
const PROGRESS_MS = 250;

/** The images of what viewports show, series by series, each once. */
export function idsOf(
  panes: readonly Pane[],
  stackOf: (fusion: Fusion) => Stack | undefined,
): readonly (readonly string[])[] {
  const shown = panes.flatMap((pane) => {
    const fusion = pane.state()?.fusion;
    const over = fusion && stackOf(fusion);
    return [...(pane.stack ? [pane.stack] : []), ...(over ? [over] : [])];
  });
  return [...new Set(shown)].map((stack) => stack.images.map((one) => one.imageId));
}

/**
 * Loads the images of the shown stacks in the background, behind whatever is asked for by hand. Stacks take turns, so
 * that CT and PET fill together. `stop` leaves what is loaded.
 */
export function prefetch(stacks: readonly (readonly string[])[], onProgress: () => void): () => void {
  let stopped = false;
  let awaited = 0;
  const progress = nowAndThen(onProgress);
  imageLoadPoolManager.setMaxSimultaneousRequests(Enums.RequestType.Prefetch, AT_ONCE);
  const orders = stacks.map((stack) => fromMiddle(stack));
  const longest = Math.max(0, ...orders.map((order) => order.length));
  for (let index = 0; index < longest; index += 1) {
    for (const order of orders) {
      const imageId = order[index];
      if (imageId === undefined || cache.isLoaded(imageId)) continue;
      const load = async () => {
        if (stopped) return;
        await loadQuietly(imageId);
        awaited -= 1;
        if (stopped) return;
        if (awaited === 0) progress.now();
        else progress.soon();
      };
      awaited += 1;
      imageLoadPoolManager.addRequest(load, Enums.RequestType.Prefetch, { imageId }, 0);
    }
  }
  return () => {
    stopped = true;
    progress.stop();
    imageLoadPoolManager.clearRequestStack(Enums.RequestType.Prefetch);
  };
}

/** However many images come, what stands around the pictures is drawn anew a few times a second: it takes from them. */
function nowAndThen(act: () => void): { soon: () => void; now: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    clearTimeout(timer);
    timer = undefined;
    act();
  };
  return {
    now,
    soon: () => {
      timer ??= setTimeout(now, PROGRESS_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

/** One that cannot be decoded says so when it is shown. */
async function loadQuietly(imageId: string): Promise<void> {
  if (cache.isLoaded(imageId)) return;
  await imageLoader
    .loadAndCacheImage(imageId, {
      requestType: Enums.RequestType.Prefetch,
      priority: 0,
      useRGBA: getShouldUseCPURendering(),
    } as never)
    .catch(() => undefined);
}

export const loadedOf = (imageIds: readonly string[]): number =>
  imageIds.filter((imageId) => cache.isLoaded(imageId)).length;

/** Loads images in order, a few at once; resolves when each has come or cannot be decoded. */
export async function loadInOrder(imageIds: readonly string[]): Promise<void> {
  const queue = imageIds.values();
  const worker = async () => {
    for (const imageId of queue) await loadQuietly(imageId);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
