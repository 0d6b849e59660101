/** What the `rt` command reads from disk: structure sets (and segmentations), doses and PET series out of files and folders. */
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import type { DataSet } from 'dicom-parser';
import { type JsonDataSet, textValue } from '../dicom/display-json.ts';
import { DicomError } from '../dicom/errors.ts';
import { type ImagePlane, imagePlane } from '../dicom/image-plane.ts';
import { toDicomJson } from '../dicom/json.ts';
import { type ParsedHeader, parseHeader } from '../dicom/parse-header.ts';
import { type DoseGrid, parseDose } from '../dicom/rtdose.ts';
import { type DoseHeader, parseDoseHeader } from '../dicom/rtdose-header.ts';
import { parsePlan, type RtPlan } from '../dicom/rtplan.ts';
import { parseStructureSet, type StructureSet } from '../dicom/rtstruct.ts';
import { parseSegmentation, type Segmentation, type SegmentationRefusal } from '../dicom/seg.ts';
import { isComplete } from '../dicom/seg-pixels.ts';
import { refusalText } from './refusals-cli.ts';
import { filePixels, swappedWords } from './rt-pixels-cli.ts';
import { segmentationContours } from './segmentation-contours.ts';
import { type Slices, slicesOf } from './slices.ts';

/** `slices`: the images that it was drawn on, where they were read as well. */
export type ReadSet = { file: string; structureSet: StructureSet; slices: Slices | null };

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
  const images = new Map<string, ImagePlane[]>();
  const seen = new Set<string>();
  for (const target of targets) {
    for (const file of listFiles(target)) {
      try {
        const bytes = fs.readFileSync(file);
        const parsed = parseHeader(bytes, bytes.length, (packed) => zlib.inflateRawSync(packed));
        const json = toDicomJson(parsed.dataSet, () => '', UNUSED);
        const uid = textValue(json, '00080018');
        // Two structure sets to compare may be one file changed: only images are told apart by their UID.
        const kind = kindOf(json);
        if (kind === 'PT' && seen.has(uid)) continue;
        seen.add(uid);
        keepPlane(images, json);
        await take(input, others, file, kind, json, parsed);
      } catch (error) {
        input.notes.push(`${file}: ${reasonOf(error)}`);
      }
    }
  }
  for (const one of input.structureSets) {
    const { referencedSeriesUids, referencedImageUids } = one.structureSet;
    one.slices = slicesOf(
      referencedSeriesUids.flatMap((uid) => images.get(uid) ?? []),
      referencedImageUids.length,
    );
  }
  for (const [kind, count] of others)
    input.notes.push(`${count} ${kind} object(s): nothing to compute on them`);
  return input;
}

function keepPlane(images: Map<string, ImagePlane[]>, json: JsonDataSet): void {
  const plane = imagePlane(json);
  if (!plane) return;
  const series = textValue(json, '0020000E');
  const planes = images.get(series);
  if (planes) planes.push(plane);
  else images.set(series, [plane]);
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

/** UIDs of the images that a structure set lists, and of those that its contours name. */
function imagesNamedBy(dataSet: DataSet): string[] {
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

/** Its segments are ROIs: bodies of voxels. */
async function takeSegmentation(
  input: RtInput,
  file: string,
  json: JsonDataSet,
  parsed: ParsedHeader,
): Promise<void> {
  const refuse = (reason: SegmentationRefusal) =>
    input.notes.push(`${file}: segmentation refused (${refusalText(reason)})`);
  const result = parseSegmentation(json);
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
    });
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

/** All files below a folder, those that links lead to as well. */
function listFiles(target: string): string[] {
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  if (!stat) throw new Error(`There is no ${target}`);
  if (!stat.isDirectory()) return [target];
  const files: string[] = [];
  for (const entry of fs.readdirSync(target, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const isFile = entry.isSymbolicLink()
      ? fs.statSync(file, { throwIfNoEntry: false })?.isFile()
      : entry.isFile();
    if (isFile) files.push(file);
  }
  return files.sort();
}

const reasonOf = (error: unknown): string => {
  if (error instanceof DicomError && error.code === 'not_dicom') return 'no DICOM file';
  return error instanceof Error ? error.message : String(error);
};
