import { cache, Enums, eventTarget, type Types } from '@cornerstonejs/core';
import {
  emptyVolume,
  type GeometryResult,
  type SliceData,
  type Volume,
  volumeGeometry,
} from '@/lib/planes/volume.ts';
import type { Stack } from '../data/stack.ts';
import { loadInOrder } from './prefetch.ts';
import { displayFactor } from './voi.ts';

/** Told when slices of a stack came or went. */
type SlicesListener = (stack: Stack) => void;

/**
 * The stacks of an open case as volumes. Decoded pixels have one holder, the image cache: a volume's slices are views
 * of what lies there, so that a stack, three planes through it and a projection cost its pixels once.
 */
export class Volumes {
  private readonly geometries = new WeakMap<Stack, GeometryResult>();
  private readonly made = new Map<Stack, Volume>();
  private readonly places = new Map<string, { stack: Stack; index: number }>();
  private readonly listeners = new Set<SlicesListener>();

  constructor() {
    eventTarget.addEventListener(Enums.Events.IMAGE_CACHE_IMAGE_ADDED, this.added as EventListener);
    eventTarget.addEventListener(Enums.Events.IMAGE_CACHE_IMAGE_REMOVED, this.removed as EventListener);
  }

  close(): void {
    eventTarget.removeEventListener(Enums.Events.IMAGE_CACHE_IMAGE_ADDED, this.added as EventListener);
    eventTarget.removeEventListener(Enums.Events.IMAGE_CACHE_IMAGE_REMOVED, this.removed as EventListener);
    this.listeners.clear();
    this.made.clear();
    this.places.clear();
  }

  /** Where a stack's voxels lie, or why it makes no volume. */
  geometryOf(stack: Stack): GeometryResult {
    const known = this.geometries.get(stack);
    if (known) return known;
    const result: GeometryResult = stack.colour
      ? { ok: false, reason: 'colour' }
      : volumeGeometry(stack.planes);
    this.geometries.set(stack, result);
    return result;
  }

  /**
   * A stack as a volume with the slices that are decoded by now; the same object fills as the others come. In the
   * displayed unit: HU, SUV by body weight or Bq/ml, stored units. Null where it makes none.
   */
  of(stack: Stack): Volume | null {
    const known = this.made.get(stack);
    if (known) return known;
    const result = this.geometryOf(stack);
    if (!result.ok) return null;
    const volume = emptyVolume(result.geometry, displayFactor(stack));
    for (const [index, { imageId }] of stack.images.entries()) {
      this.places.set(imageId, { stack, index });
      volume.slices[index] = sliceOf(cache.getImage(imageId));
    }
    this.made.set(stack, volume);
    return volume;
  }

  /** A stack's volume when all its slices are decoded, or could not be: those stay null. Null where it makes none. */
  async whole(stack: Stack): Promise<Volume | null> {
    const volume = this.of(stack);
    if (!volume) return null;
    const missing = stack.images.filter((_, index) => volume.slices[index] === null);
    await loadInOrder(missing.map((image) => image.imageId));
    return volume;
  }

  /** Follows what comes and goes; what is given back ends it. */
  onSlices(listener: SlicesListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private added = (event: CustomEvent<{ image: { imageId: string; image?: Types.IImage } }>): void => {
    const { imageId, image } = event.detail.image;
    this.put(imageId, sliceOf(image ?? cache.getImage(imageId)));
  };

  private removed = (event: CustomEvent<{ imageId: string }>): void => this.put(event.detail.imageId, null);

  private put(imageId: string, slice: SliceData | null): void {
    const place = this.places.get(imageId);
    const volume = place && this.made.get(place.stack);
    if (!place || !volume) return;
    volume.slices[place.index] = slice;
    for (const listener of this.listeners) listener(place.stack);
  }
}

/** A decoded image's pixels; the loader has applied the rescale, or says by how much it is still to be. */
function sliceOf(image: Types.IImage | undefined): SliceData | null {
  if (!image) return null;
  const scaled = image.preScale?.scaled === true;
  return {
    pixels: image.getPixelData() as SliceData['pixels'],
    slope: scaled ? 1 : (image.slope ?? 1),
    intercept: scaled ? 0 : (image.intercept ?? 0),
  };
}
