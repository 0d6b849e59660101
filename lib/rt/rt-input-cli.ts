/** What the `rt` command reads from disk: structure sets (and segmentations), doses and PET series out of files and folders. */
import fs from 'node:fs';
import zlib from 'node:zlib';
import { type JsonDataSet, textValue } from '../dicom/display-json.ts';
import { DicomError } from '../dicom/errors.ts';
import { toDicomJson } from '../dicom/json.ts';
import { type ParsedHeader, parseHeader } from '../dicom/parse-header.ts';
import { type DoseGrid, parseDose } from '../dicom/rtdose.ts';
import { type DoseHeader, parseDoseHeader } from '../dicom/rtdose-header.ts';
import { parsePlan, type RtPlan } from '../dicom/rtplan.ts';
import { parseStructureSet, type StructureSet } from '../dicom/rtstruct.ts';
import { parseSegmentation, type Segmentation, type SegmentationRefusal } from '../dicom/seg.ts';
import { isComplete } from '../dicom/seg-pixels.ts';
import { asTyped, listFiles } from './list-files-cli.ts';
import { refusalText, setNotes } from './refusals-cli.ts';
import { ImagesHere, imagesNamedBy } from './rt-images-cli.ts';
import { filePixels, swappedWords } from './rt-pixels-cli.ts';
import { imagesApart, segmentGrid } from './segment-grid.ts';
import { segmentationContours } from './segmentation-contours.ts';
import type { Slices } from './slices.ts';

/** `slices`: the images that it was drawn on, where they were read as well. */
export type ReadSet = {
  file: string;
  structureSet: StructureSet;
  slices: Slices | null;
  /** What the set was made of, where it is one. */
  segmentation?: Segmentation;
};

export type RtInput = {
  /** Segmentations too, their segments as ROIs. */
  structureSets: ReadSet[];
  doses: DoseGrid[];
  /** What each of them says of itself, in the same order. */
  doseHeaders: DoseHeader[];
  /** Of which doses are parts. */
  plans: RtPlan[];
  /** Headers by Series Instance UID. */
  petSeries: Map<string, { description: string; instances: JsonDataSet[] }>;
  /** What was read but is of no use here, and why, a line each. */
  notes: string[];
};

/**
 * DVH Sequence: what another program made of the dose, often longer than all else of its header; Contour Image Sequence:
 * the images of each contour, of which the figures need no more than how many there are (`imagesNamedBy`).
 */
const UNUSED = new Set(['30040050', '30060016']);

/** Reads all files. Throws an Error in one line for a path that does not exist; other trouble becomes a note. */
export async function readInput(targets: readonly string[]): Promise<RtInput> {
  const input: RtInput = {
    structureSets: [],
    doses: [],
    doseHeaders: [],
    plans: [],
    petSeries: new Map(),
    notes: [],
  };
  const others = new Map<string, number>();
  const images = new ImagesHere();
  const seen = new Set<string>();
  for (const target of targets) {
    for (const file of listFiles(asTyped(target))) {
      try {
        const bytes = fs.readFileSync(file);
        const parsed = parseHeader(bytes, bytes.length, inflate);
        const json = toDicomJson(parsed.dataSet, () => '', UNUSED);
        const uid = textValue(json, '00080018');
        // Two structure sets to compare may be one file changed: only images are told apart by their UID.
        const kind = kindOf(json);
        if (kind === 'PT' && seen.has(uid)) continue;
        seen.add(uid);
        if (kind !== 'RTDOSE' && kind !== 'SEG') images.keep(json);
        await take(input, others, file, kind, json, parsed);
      } catch (error) {
        input.notes.push(`${file}: ${reasonOf(error)}`);
      }
    }
  }
  for (const one of input.structureSets) {
    one.slices = images.slicesFor(one.structureSet);
    if (one.segmentation) onImages(one.structureSet, one.segmentation, one.slices);
  }
  for (const [kind, count] of others)
    input.notes.push(`${count} ${kind} object(s): nothing to compute on them`);
  return input;
}

async function take(
  input: RtInput,
  others: Map<string, number>,
  file: string,
  kind: string,
  json: JsonDataSet,
  parsed: ParsedHeader,
): Promise<void> {
  if (kind === 'RTSTRUCT') {
    const structureSet = { ...parseStructureSet(json), referencedImageUids: imagesNamedBy(parsed.dataSet) };
    input.structureSets.push({ file, structureSet, slices: null });
    input.notes.push(...setNotes(structureSet).map((note) => `${file}: ${note}`));
  } else if (kind === 'RTDOSE') {
    const pixels = await filePixels(file, parsed);
    const dose =
      'whole' in pixels
        ? parseDose(json, pixels.whole, pixels.bigEndian)
        : parseDose(json, Buffer.concat(pixels.frames));
    if (!dose.known) input.notes.push(`${file}: dose refused (${refusalText(dose.reason)})`);
    else if (input.doses.some((one) => one.sopInstanceUid === dose.grid.sopInstanceUid))
      input.notes.push(`${file}: left out, as dose ${dose.grid.sopInstanceUid} was read already`);
    else {
      input.doses.push(dose.grid);
      input.doseHeaders.push(parseDoseHeader(json));
    }
  } else if (kind === 'RTPLAN') {
    input.plans.push(parsePlan(json));
  } else if (kind === 'SEG') {
    await takeSegmentation(input, file, json, parsed);
  } else if (kind === 'PT') {
    const uid = textValue(json, '0020000E');
    const series = input.petSeries.get(uid) ?? { description: textValue(json, '0008103E'), instances: [] };
    series.instances.push(json);
    input.petSeries.set(uid, series);
  } else {
    others.set(kind || 'unnamed', (others.get(kind || 'unnamed') ?? 0) + 1);
  }
}

/** Its segments are ROIs: bodies of voxels. */
async function takeSegmentation(
  input: RtInput,
  file: string,
  json: JsonDataSet,
  parsed: ParsedHeader,
): Promise<void> {
  const refuse = (reason: SegmentationRefusal) =>
    input.notes.push(`${file}: segmentation refused (${refusalText(reason)})`);
  // Voxels have a volume wherever they lie.
  const result = parseSegmentation(json, { anywhere: true });
  if (!result.known) {
    refuse(result.reason);
    return;
  }
  const stored = await filePixels(file, parsed);
  const pixels = 'whole' in stored ? { whole: littleEndian(stored, parsed) } : stored;
  // Decoded single bits are bytes.
  const segmentation: Segmentation =
    'frames' in stored && result.segmentation.bits === 1
      ? { ...result.segmentation, bits: 8 }
      : result.segmentation;
  if (!isComplete(segmentation, pixels)) refuse('pixels_short');
  else
    input.structureSets.push({
      file,
      structureSet: segmentationContours(segmentation, pixels).set,
      slices: null,
      segmentation,
    });
}

/** How thick segments are may depend on the images, and these may have been read after them. */
function onImages(set: StructureSet, segmentation: Segmentation, slices: Slices | null): void {
  for (const roi of set.rois)
    roi.frames = segmentGrid(segmentation, roi.number, imagesApart(segmentation, slices));
}

/** In big endian, pixels of 16 bits and whatever else lies in words (OW) are turned round (PS3.5 8.1.2). */
function littleEndian(
  { whole, bigEndian }: { whole: Uint8Array; bigEndian: boolean },
  { dataSet, pixelData }: ParsedHeader,
): Uint8Array {
  const inWords = dataSet.uint16('x00280100') === 16 || pixelData?.vr === 'OW';
  return bigEndian && inWords ? swappedWords(whole) : whole;
}

/** What an object is: by its modality, or by its SOP class where it names none. */
const kindOf = (json: JsonDataSet): string =>
  textValue(json, '00080060') || (KINDS[textValue(json, '00080016')] ?? '');

const KINDS: Readonly<Record<string, string>> = {
  '1.2.840.10008.5.1.4.1.1.481.2': 'RTDOSE',
  '1.2.840.10008.5.1.4.1.1.481.3': 'RTSTRUCT',
  '1.2.840.10008.5.1.4.1.1.66.4': 'SEG',
  '1.2.840.10008.5.1.4.1.1.66.7': 'SEG',
};

/** A deflated data set has no header of zlib's (PS3.5 A.5); some have one all the same. */
function inflate(packed: Uint8Array): Uint8Array {
  try {
    return zlib.inflateRawSync(packed);
  } catch (error) {
    try {
      return zlib.inflateSync(packed);
    } catch {
      throw error;
    }
  }
}

const reasonOf = (error: unknown): string => {
  if (error instanceof DicomError && error.code === 'not_dicom') return 'no DICOM file';
  return error instanceof Error ? error.message : String(error);
};
