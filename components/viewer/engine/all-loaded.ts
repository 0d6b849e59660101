import { loadedOf } from './prefetch.ts';
import type { ViewerSnapshot } from './store.ts';

/** Whether everything that belongs to the case is known, and every image of what is shown is loaded. */
export function isAllLoaded({ complete, shown, stacks }: ViewerSnapshot): boolean {
  const seen = stacks
    .filter((stack) => shown.includes(stack.displaySetInstanceUID))
    .flatMap((stack) => stack.images.map(({ imageId }) => imageId));
  return complete && (seen.length > 0 || stacks.length === 0) && loadedOf(seen) === seen.length;
}
