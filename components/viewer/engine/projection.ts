import { getShouldUseCPURendering, type StackViewport } from '@cornerstonejs/core';
import { addScaled, type ImagePlane, length, type Mm3, subtract } from '@/lib/dicom/image-plane.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';
import type { CanvasPoint, ViewPlane } from '@/lib/planes/view-plane.ts';
import { fitMm, type Size, sizeOf } from './window-shape.ts';

export type { CanvasPoint } from '@/lib/planes/view-plane.ts';

/**
 * Patient mm to CSS pixels of a viewport and back. Cornerstone's CPU path takes Image Position (Patient) for the
 * corner of the first pixel; DICOM means its centre (PS3.3 C.7.6.2.1.1). Half a pixel is put right here, so that
 * contours, pointers and figures lie where they belong on either path. Of an image without geometry as well, whose
 * pixels Cornerstone takes for squares of its own.
 */
function toCornerstone(viewport: StackViewport, plane: ImagePlane | null, point: Mm3, sign: 1 | -1 = 1): Mm3 {
  if (!getShouldUseCPURendering()) return point;
  if (!plane) {
    const [x = 1, y = 1] = viewport.getImageData()?.spacing ?? [];
    return [point[0] + (sign * x) / 2, point[1] + (sign * y) / 2, point[2]];
  }
  const along = addScaled(point, plane.rowDirection, (sign * plane.columnSpacing) / 2);
  return addScaled(along, plane.columnDirection, (sign * plane.rowSpacing) / 2);
}

export function toCanvas(viewport: StackViewport, plane: ImagePlane | null, point: Mm3): CanvasPoint {
  const [x, y] = viewport.worldToCanvas([...toCornerstone(viewport, plane, point)]);
  return [x ?? 0, y ?? 0];
}

export function toPatient(viewport: StackViewport, plane: ImagePlane | null, point: CanvasPoint): Mm3 {
  const [x = 0, y = 0, z = 0] = viewport.canvasToWorld([...point]);
  return toCornerstone(viewport, plane, [x, y, z], -1);
}

/** mm across and down of the image that is there. */
export function imageField(viewport: StackViewport): Size {
  const image = viewport.getCornerstoneImage();
  return {
    width: image.columns * (image.columnPixelSpacing || 1),
    height: image.rows * (image.rowPixelSpacing || 1),
  };
}

/**
 * Moves the camera: what lies in the middle, and how large. A focal point of null leaves the middle where it is. The
 * scale is set in proportion to what is measured now, as Cornerstone's own is not to be relied on: the CPU path's is
 * out by the ratio of the spacings where pixels are no squares, the GPU path's by the rounding of the canvas's size.
 */
export function setFraming(
  viewport: StackViewport,
  element: HTMLElement,
  plane: ImagePlane | null,
  wanted: Pick<ViewportState, 'focalMm' | 'zoom' | 'aspect'>,
): void {
  const camera = viewport.getCamera();
  const ratio = wanted.zoom / framing(viewport, element, plane, wanted.aspect).zoom;
  const size = getShouldUseCPURendering()
    ? { scale: (camera.scale ?? 1) * ratio }
    : { parallelScale: (camera.parallelScale ?? 1) / ratio };
  if (!wanted.focalMm) {
    viewport.setCamera(size);
    return;
  }
  const focalPoint = toCornerstone(viewport, plane, wanted.focalMm);
  const { position, focalPoint: before } = camera;
  if (getShouldUseCPURendering() || !position || !before) {
    viewport.setCamera({ focalPoint: [...focalPoint], ...size });
    return;
  }
  const moved = (axis: 0 | 1 | 2) => position[axis] + focalPoint[axis] - before[axis];
  viewport.setCamera({ focalPoint: [...focalPoint], position: [moved(0), moved(1), moved(2)], ...size });
}

/** What lies in the middle of the viewport, and how large it is shown, told of a window of that shape. */
export function framing(
  viewport: StackViewport,
  element: HTMLElement,
  plane: ImagePlane | null,
  aspect?: number,
): { focalMm: Mm3; zoom: number } {
  const middle: CanvasPoint = [element.clientWidth / 2, element.clientHeight / 2];
  const focalMm = toPatient(viewport, plane, middle);
  const aside = toPatient(viewport, plane, [middle[0] + 100, middle[1]]);
  const mm = Math.hypot(aside[0] - focalMm[0], aside[1] - focalMm[1], aside[2] - focalMm[2]);
  return { focalMm, zoom: (100 * fitMm(imageField(viewport), sizeOf(element), aspect)) / mm };
}

/** The plane that a stack viewport shows; of an image without geometry its pixels, as if they were millimetres. */
export function viewPlaneOf(
  viewport: StackViewport,
  element: HTMLElement,
  plane: ImagePlane | null,
): ViewPlane {
  const { clientWidth: width, clientHeight: height } = element;
  const at = (x: number, y: number) => toPatient(viewport, plane, [x, y]);
  const centre = at(width / 2, height / 2);
  // 100 pixels away, so that rounding does not show.
  const right = subtract(at(width / 2 + 100, height / 2), centre);
  const down = subtract(at(width / 2, height / 2 + 100), centre);
  const mmPerPixel = length(right) / 100;
  const unit = (vector: Mm3): Mm3 => addScaled([0, 0, 0], vector, 1 / length(vector));
  return {
    frameOfReferenceUid: plane?.frameOfReferenceUid ?? null,
    centre,
    right: unit(right),
    down: unit(down),
    mmPerPixel,
    width,
    height,
  };
}
