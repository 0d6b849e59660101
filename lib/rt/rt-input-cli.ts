/** What the `rt` command reads from disk: structure sets (and segmentations), doses and PET series out of files and folders. */
import fs from 'node:fs/promises';
import path from 'node:path';
import zlib from 'node:zlib';
import { type JsonDataSet, textValue } from '../dicom/display-json.ts';
import { DicomError } from '../dicom/errors.ts';
import { toDicomJson } from '../dicom/json.ts';
import { type ParsedHeader, parseHeader } from '../dicom/parse-header.ts';
import { type DoseGrid, parseDose } from '../dicom/rtdose.ts';
import { parseStructureSet, type StructureSet } from '../dicom/rtstruct.ts';
import { parseSegmentation } from '../dicom/seg.ts';
import { isComplete } from '../dicom/seg-pixels.ts';
import { EXPLICIT_BIG_ENDIAN, isNative } from '../dicom/uids.ts';
import { segmentationContours } from './segmentation-contours.ts';

export type RtInput = {
  /** Segmentations too, their segments as ROIs. */
  structureSets: { file: string; structureSet: StructureSet }[];
  doses: DoseGrid[];
  /** Headers by Series Instance UID. */
  petSeries: Map<string, { description: string; instances: JsonDataSet[] }>;
  /** What was read but is of no use here, and why, a line each. */
  notes: string[];
};

/** Reads all files. Throws an Error in one line for a path that does not exist; other trouble becomes a note. */
export async function readInput(targets: readonly string[]): Promise<RtInput> {
  const input: RtInput = { structureSets: [], doses: [], petSeries: new Map(), notes: [] };
  const others = new Map<string, number>();
  const seen = new Set<string>();
  for (const target of targets) {
    for (const file of await listFiles(target)) {
      try {
        const bytes = await fs.readFile(file);
        const parsed = parseHeader(bytes, bytes.length, (packed) => zlib.inflateRawSync(packed));
        const json = toDicomJson(parsed.dataSet, () => '');
        const uid = textValue(json, '00080018');
        // Two structure sets to compare may be one file changed: only images are told apart by their UID.
        const kind = textValue(json, '00080060');
        if (kind === 'PT' && seen.has(uid)) continue;
        seen.add(uid);
        take(input, others, file, kind, json, parsed);
      } catch (error) {
        input.notes.push(`${file}: ${reasonOf(error)}`);
      }
    }
  }
  for (const [kind, count] of others)
    input.notes.push(`${count} ${kind} object(s): nothing to compute on them`);
  return input;
}

function take(
  input: RtInput,
  others: Map<string, number>,
  file: string,
  kind: string,
  json: JsonDataSet,
  parsed: ParsedHeader,
): void {
  if (kind === 'RTSTRUCT') {
    input.structureSets.push({ file, structureSet: parseStructureSet(json) });
  } else if (kind === 'RTDOSE') {
    const pixels = nativePixels(parsed);
    if (!pixels) {
      input.notes.push(
        `${file}: dose refused (pixel data in transfer syntax ${parsed.transferSyntaxUid} cannot be read)`,
      );
      return;
    }
    const dose = parseDose(json, pixels, parsed.transferSyntaxUid === EXPLICIT_BIG_ENDIAN);
    if (dose.known) input.doses.push(dose.grid);
    else input.notes.push(`${file}: dose refused (${dose.reason})`);
  } else if (kind === 'SEG') {
    takeSegmentation(input, file, json, parsed);
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
function takeSegmentation(input: RtInput, file: string, json: JsonDataSet, parsed: ParsedHeader): void {
  const refuse = (reason: string) => input.notes.push(`${file}: segmentation refused (${reason})`);
  const whole = parsed.transferSyntaxUid === EXPLICIT_BIG_ENDIAN ? null : nativePixels(parsed);
  if (!whole) {
    refuse(`pixel data in transfer syntax ${parsed.transferSyntaxUid} cannot be read`);
    return;
  }
  const result = parseSegmentation(json);
  if (!result.known) refuse(result.reason);
  else if (!isComplete(result.segmentation, { whole })) refuse('pixels_short');
  else
    input.structureSets.push({
      file,
      structureSet: segmentationContours(result.segmentation, { whole }).set,
    });
}

function nativePixels({ dataSet, pixelData, transferSyntaxUid }: ParsedHeader): Uint8Array | null {
  if (!isNative(transferSyntaxUid) || !pixelData) return null;
  return dataSet.byteArray.subarray(pixelData.dataOffset, pixelData.dataOffset + pixelData.length);
}

/** All files below a folder, those that links lead to as well. */
async function listFiles(target: string): Promise<string[]> {
  const stat = await fs.stat(target).catch(() => undefined);
  if (!stat) throw new Error(`There is no ${target}`);
  if (!stat.isDirectory()) return [target];
  const entries = await fs.readdir(target, { recursive: true, withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    const isFile = entry.isSymbolicLink()
      ? (await fs.stat(file).catch(() => null))?.isFile()
      : entry.isFile();
    if (isFile) files.push(file);
  }
  return files.sort();
}

const reasonOf = (error: unknown): string => {
  if (error instanceof DicomError && error.code === 'not_dicom') return 'no DICOM file';
  return error instanceof Error ? error.message : String(error);
};
