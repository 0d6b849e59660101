import { getShouldUseCPURendering, imageLoader, metaData, type Types, utilities } from '@cornerstonejs/core';
import { wadors } from '@cornerstonejs/dicom-image-loader';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { giveBack } from '../data/frame-memory.ts';
import { isLittleEndian, nativeFrame } from '../data/native-frame.ts';
import { isPlainGrey, renderGrey } from './grey-render.ts';
import { isLookedUp, lookedUpValues } from './looked-up.ts';
import { type NativePixels, type NativeShape, nativePixels } from './native-pixels.ts';

type Loaded = ReturnType<typeof wadors.loadImage>;
type Options = NonNullable<Parameters<typeof wadors.loadImage>[1]>;
type PixelModule = {
  rows: number;
  columns: number;
  bitsAllocated: number;
  bitsStored: number;
  pixelRepresentation: number;
  samplesPerPixel: number;
  photometricInterpretation: string;
};

/**
 * Loads frames for Cornerstone. Uncompressed grey ones need no decoder: they are fetched and read here. All others go
 * to Cornerstone's own loader and its workers. What a Modality LUT makes of values is made here: Cornerstone has none for
 * frames that come by DICOMweb. The image cache gets the same kind of image either way.
 */
export function registerFrameLoader(): void {
  imageLoader.registerImageLoader('wadors', loadFrame as never);
}

function loadFrame(imageId: string, options: Options = {}): Loaded {
  const header = headerOf(imageId);
  if (isLookedUp(header))
    return { promise: throughTable(imageId, header, options), cancelFn: undefined } as Loaded;
  const shape = nativeShape(imageId);
  if (!shape) return { ...decoded(imageId, options), cancelFn: undefined };
  const promise = fetchNative(imageId, shape).then((image) => image ?? decoded(imageId, options).promise);
  return { promise, cancelFn: undefined } as Loaded;
}

function decoded(imageId: string, options: Options): Loaded {
  const kept = keptAsStored(imageId);
  const loaded = wadors.loadImage(imageId, { ...options, ...kept });
  const promise = loaded.promise.then((image) => withRender(kept.preScale ? withWindow(image) : image));
  return { ...loaded, promise } as Loaded;
}

const headerOf = (imageId: string): JsonDataSet | undefined =>
  wadors.metaDataManager.get(imageId) as JsonDataSet | undefined;

/** @throws DicomWebError, RangeError as `lookedUpValues`; AbortError when the case was closed meanwhile */
async function throughTable(imageId: string, header: JsonDataSet, options: Options): Promise<Types.IImage> {
  const { rows, columns, bitsAllocated, bitsStored, pixelRepresentation } = metaData.get(
    'imagePixelModule',
    imageId,
  ) as PixelModule;
  const bits = { bitsStored: bitsStored ?? bitsAllocated, signed: pixelRepresentation === 1 };
  const stored = wadors.loadImage(imageId, { ...options, preScale: { enabled: false } }).promise;
  const values = await lookedUpValues(
    header,
    stored.then((image) => image.getPixelData()),
    bits,
  );
  refuseClosed(imageId);
  return withRender(toImage(imageId, { rows, columns, slope: 1, intercept: 0 }, values));
}

/** A window that the header does not give is of the values that are meant, not of those that are stored. */
function withWindow(image: Types.IImage): Types.IImage {
  if (metaData.get('voiLutModule', image.imageId)?.windowCenter?.[0] !== undefined) return image;
  const { slope, intercept, minPixelValue, maxPixelValue } = image;
  const [low, high] = [minPixelValue * slope + intercept, maxPixelValue * slope + intercept];
  return Object.assign(image, utilities.windowLevel.toWindowLevel(low, high));
}

/**
 * Cornerstone's CPU path replaces pixels that were rescaled to fractions by others of its own making, and says so only
 * to itself. Left as they are stored, with their slope beside them, they are drawn and read as they are.
 */
function keptAsStored(imageId: string): Options {
  const { slope, intercept } = rescaleOf(imageId);
  const whole = Number.isInteger(slope) && Number.isInteger(intercept);
  return getShouldUseCPURendering() && !whole ? { preScale: { enabled: false } } : {};
}

function rescaleOf(imageId: string): { slope: number; intercept: number } {
  const module = metaData.get('modalityLutModule', imageId) as
    | { rescaleSlope?: number; rescaleIntercept?: number }
    | undefined;
  return { slope: module?.rescaleSlope ?? 1, intercept: module?.rescaleIntercept ?? 0 };
}

/** Null for everything but one grey sample of 8 or 16 bits in little endian, rescaled upwards by a line. */
function nativeShape(imageId: string): NativeShape | null {
  const header = headerOf(imageId);
  const syntax = String(header?.['00083002']?.Value?.[0] ?? '');
  const pixel = metaData.get('imagePixelModule', imageId) as PixelModule | undefined;
  if (!pixel || !isLittleEndian(syntax)) return null;
  const { bitsAllocated, samplesPerPixel, photometricInterpretation } = pixel;
  const { slope, intercept } = rescaleOf(imageId);
  if (bitsAllocated !== 8 && bitsAllocated !== 16) return null;
  if (samplesPerPixel !== 1 || !/^MONOCHROME[12]$/.test(photometricInterpretation) || !(slope > 0))
    return null;
  return {
    rows: pixel.rows,
    columns: pixel.columns,
    bitsAllocated,
    bitsStored: pixel.bitsStored ?? bitsAllocated,
    signed: pixel.pixelRepresentation === 1,
    slope,
    intercept,
  };
}

/** Null when the server gave something else than was announced: Cornerstone's loader then asks in its own way. */
async function fetchNative(imageId: string, shape: NativeShape): Promise<Types.IImage | null> {
  const bytes = await nativeFrame(imageId);
  if (!bytes) return null;
  if (!headerOf(imageId)) giveBack([bytes]);
  refuseClosed(imageId);
  const values = nativePixels(bytes, shape, !getShouldUseCPURendering());
  if (values.pixels.buffer !== bytes) giveBack([bytes]);
  return withRender(toImage(imageId, shape, values));
}

function refuseClosed(imageId: string): void {
  if (!headerOf(imageId)) throw new DOMException('The case was closed', 'AbortError');
}

function withRender(image: Types.IImage): Types.IImage {
  if (getShouldUseCPURendering() && isPlainGrey(image)) image.render = renderGrey;
  return image;
}

/** What Cornerstone's createImage makes of a decoded grey frame. */
function toImage(
  imageId: string,
  shape: Pick<NativeShape, 'rows' | 'columns' | 'slope' | 'intercept'>,
  { pixels, min, max, scaled }: NativePixels,
): Types.IImage {
  const { rows, columns, slope, intercept } = shape;
  const plane = metaData.get('imagePlaneModule', imageId) ?? {};
  const voi = metaData.get('voiLutModule', imageId) ?? {};
  const { photometricInterpretation } = metaData.get('imagePixelModule', imageId) as PixelModule;
  const [low, high] = scaled ? [min, max] : [min * slope + intercept, max * slope + intercept];
  const auto = utilities.windowLevel.toWindowLevel(low, high);
  const hasWindow = voi.windowCenter?.[0] !== undefined && voi.windowWidth?.[0] !== undefined;
  const voxelManager = utilities.VoxelManager.createImageVoxelManager({
    scalarData: pixels,
    width: columns,
    height: rows,
    numberOfComponents: 1,
  });
  return {
    imageId,
    dataType: pixels.constructor.name,
    color: false,
    rgba: false,
    numberOfComponents: 1,
    calibration: metaData.get('calibrationModule', imageId) ?? {},
    columnPixelSpacing: plane.columnPixelSpacing,
    rowPixelSpacing: plane.rowPixelSpacing,
    columns,
    rows,
    width: columns,
    height: rows,
    preScale: scaled
      ? {
          enabled: true,
          scaled: true,
          scalingParameters: {
            rescaleSlope: slope,
            rescaleIntercept: intercept,
            modality: metaData.get('generalSeriesModule', imageId)?.modality,
          },
        }
      : undefined,
    slope,
    intercept,
    invert: photometricInterpretation === 'MONOCHROME1',
    minPixelValue: min,
    maxPixelValue: max,
    windowCenter: hasWindow ? voi.windowCenter[0] : auto.windowCenter,
    windowWidth: hasWindow ? voi.windowWidth[0] : auto.windowWidth,
    voiLUTFunction: voi.voiLUTFunction?.[0] ?? voi.voiLutFunction,
    ...(voi.voiLUTSequence?.length > 0 && { voiLUT: voi.voiLUTSequence[0] }),
    imageFrame: { photometricInterpretation },
    sizeInBytes: pixels.byteLength,
    voxelManager,
    getPixelData: () => pixels,
    getCanvas: undefined,
    floatPixelData: undefined,
  } as unknown as Types.IImage;
}
