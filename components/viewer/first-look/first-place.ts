import { type JsonDataSet, textValue } from '@/lib/dicom/display-json.ts';
import type { ImagePlane } from '@/lib/dicom/image-plane.ts';
import type { SeriesFacts } from '../contract.ts';
import { comesLater } from '../data/addresses.ts';
import { toStackImages } from '../data/stack.ts';
import type { LayoutId } from '../ohif/layouts.ts';
import { type PlainImage, plainImage } from './plain-image.ts';

/** As many images make a series that the hanging protocols count. */
const COUNTED = 6;

/** The one series with images of its own; null where there are several or none, and what hangs is to be chosen. */
export function onlyImages(series: readonly SeriesFacts[]): SeriesFacts | null {
  const [images, ...more] = series.filter((one) => !comesLater(one));
  return images && more.length === 0 ? images : null;
}

/** An image, and the layout in whose first place it will hang. */
export type FirstPlace = PlainImage & { imageId: string; layout: LayoutId };

/**
 * What the viewer will show first of a study with one series of images: its middle image, as it was acquired, in the
 * layout that the hanging protocols (`protocols.ts`) choose for what lies beside it. Null where that takes more to tell:
 * several stacks or classes of images, images that are not plain, or planes that are cut and not acquired.
 */
export function firstPlace(
  root: string,
  series: readonly SeriesFacts[],
  headers: readonly JsonDataSet[],
): FirstPlace | null {
  const stacks = toStackImages(root, headers);
  const images = stacks[0] ?? [];
  const middle = images[Math.floor(images.length / 2)];
  const header = headers.find((one) => textValue(one, '00080018') === middle?.sopInstanceUid);
  const plain = header && plainImage(header);
  const classes = new Set(headers.map((one) => textValue(one, '00080016')));
  if (!middle || !plain || stacks.length > 1 || classes.size > 1) return null;
  const beside = new Set(series.map((one) => one.modality));
  const isCounted = images.length >= COUNTED;
  const layout =
    isCounted && beside.has('RTDOSE') ? 'rt' : isCounted && beside.has('RTSTRUCT') ? 'mpr' : 'single';
  // The first of three planes is axial: of images that lie otherwise it is a cut.
  if (layout !== 'single' && !(middle.plane && isAxial(middle.plane))) return null;
  return { ...plain, imageId: middle.imageId, layout };
}

const isAxial = ({ rowDirection: row, columnDirection: column }: ImagePlane): boolean =>
  Math.abs(row[0] - 1) < 1e-6 && Math.abs(column[1] - 1) < 1e-6;
