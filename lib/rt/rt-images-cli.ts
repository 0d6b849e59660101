/** The images among the files of the `rt` command: all that is kept of them is where they lie. */
import type { DataSet } from 'dicom-parser';
import { items, type JsonDataSet, textValue } from '../dicom/display-json.ts';
import { type ImagePlane, imagePlane } from '../dicom/image-plane.ts';
import type { StructureSet } from '../dicom/rtstruct.ts';
import { type Slices, slicesOf } from './slices.ts';

type Drawn = Pick<StructureSet, 'referencedSeriesUids' | 'referencedImageUids'>;

export class ImagesHere {
  private readonly planes = new Map<string, ImagePlane[]>();
  /** Series Instance UIDs by SOP Instance UIDs. */
  private readonly seriesOf = new Map<string, string>();

  /** Keeps where an image lies, each frame of an enhanced one. The same image a second time is none. */
  keep(json: JsonDataSet): void {
    const uid = textValue(json, '00080018');
    if (this.seriesOf.has(uid)) return;
    const frames = Math.max(1, items(json, '52009230').length);
    const found = Array.from({ length: frames }, (_, index) => imagePlane(json, index + 1) ?? []).flat();
    if (found.length === 0) return;
    const series = textValue(json, '0020000E');
    this.seriesOf.set(uid, series);
    const known = this.planes.get(series);
    if (known) known.push(...found);
    else this.planes.set(series, found);
  }

  /** Those that something was drawn on: of the series that it names, else of those whose images it names. */
  slicesFor({ referencedSeriesUids, referencedImageUids }: Drawn): Slices | null {
    const listed = this.planesOf(referencedSeriesUids);
    const planes = listed.length > 0 ? listed : this.planesOf(this.seriesWith(referencedImageUids));
    // Without the list of a series nobody knows how many images it has.
    const named = referencedSeriesUids.length > 0 ? referencedImageUids.length : Number.POSITIVE_INFINITY;
    return slicesOf(planes, named);
  }

  private planesOf(series: readonly string[]): ImagePlane[] {
    return series.flatMap((uid) => this.planes.get(uid) ?? []);
  }

  private seriesWith(images: readonly string[]): string[] {
    return [...new Set(images.flatMap((uid) => this.seriesOf.get(uid) ?? []))];
  }
}

/** UIDs of the images that a structure set lists, and of those that its contours name. */
export function imagesNamedBy(dataSet: DataSet): string[] {
  const below = (path: readonly string[]): DataSet[] =>
    path.reduce<DataSet[]>(
      (sets, tag) =>
        sets.flatMap((one) => one.elements[tag]?.items?.flatMap((item) => item.dataSet ?? []) ?? []),
      [dataSet],
    );
  const listed = below(['x30060010', 'x30060012', 'x30060014', 'x30060016']);
  const drawnOn = below(['x30060039', 'x30060040', 'x30060016']);
  return [...new Set([...listed, ...drawnOn].flatMap((item) => item.string('x00081155') ?? []))];
}
