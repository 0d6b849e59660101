import assert from 'node:assert/strict';
import { deidentify } from '@/lib/deidentify/deidentify.ts';
import { defaultDeidentifyOptions } from '@/lib/deidentify/schema.ts';
import { decodeText } from '@/lib/dicom/charset.ts';
import { DicomError } from '@/lib/dicom/errors.ts';
import { instanceHeader } from '@/lib/dicom/instance-header.ts';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { type ParsedHeader, parseHeader } from '@/lib/dicom/parse-header.ts';
import { displayName } from '@/lib/dicom/person-name.ts';
import { type Edits, rewrite } from '@/lib/dicom/rewrite.ts';
import { parseDose } from '@/lib/dicom/rtdose.ts';
import { parseStructureSet } from '@/lib/dicom/rtstruct.ts';
import { differences, sameContent } from '@/lib/dicom/same-content.ts';
import { isUid } from '@/lib/dicom/uids.ts';
import { inflate } from '@/lib/store/read-header.server.ts';

/** What every input has to keep, whatever it is. Throws where one does not; true when it was read as an object. */
export function checkCase(bytes: Buffer): boolean {
  const whole = orReason(() => parseHeader(bytes, bytes.length, inflateOrReason));
  // Of a cut file, or of the head of a longer one, nothing but a reason comes, or what the whole says.
  const half = bytes.subarray(0, bytes.length >> 1);
  const head = orReason(() => parseHeader(half, bytes.length, inflateOrReason));
  if (!whole) return false;
  if (head) assert.equal(head.transferSyntaxUid, whole.transferSyntaxUid);
  assert.ok(sameContent(whole, whole), 'an object is not the same as itself');
  checkHeader(whole);
  checkJson(whole, bytes.length);
  checkText(bytes);
  checkRewrite(whole, bytes);
  return true;
}

/** Nothing but a DicomError may be thrown; undefined then. */
function orReason<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof DicomError) return undefined;
    throw error;
  }
}

const inflateOrReason = (bytes: Uint8Array): Uint8Array => {
  try {
    return inflate(bytes);
  } catch (error) {
    throw new DicomError('dicom_unreadable', String(error));
  }
};

function checkHeader(parsed: ParsedHeader): void {
  const header = orReason(() => instanceHeader(parsed));
  if (!header) return;
  for (const uid of [header.sopInstanceUid, header.studyInstanceUid, header.seriesInstanceUid])
    assert.ok(isUid(uid), `${uid} is no UID`);
  displayName(header.patientName);
  for (const [name, value] of Object.entries(header)) {
    if (typeof value === 'number') assert.ok(Number.isSafeInteger(value), `${name}: ${value}`);
    if (typeof value !== 'string') continue;
    assert.ok(!value.includes('\0') && value.isWellFormed(), `${name} does not go into a database`);
    assert.ok(value.length <= 512, `${name} is ${value.length} long`);
  }
}

function checkJson(parsed: ParsedHeader, size: number): void {
  const json = toDicomJson(parsed.dataSet, (path) => path);
  const text = JSON.stringify(json);
  // An element of 8 bytes is some 50 characters, and a path repeats what is around it.
  assert.ok(
    text.length < 1e6 + 100 * Math.max(size, parsed.dataSet.byteArray.length),
    `${text.length} of JSON`,
  );
  parseStructureSet(json);
  const { pixelData, dataSet } = parsed;
  const pixels = pixelData
    ? dataSet.byteArray.subarray(pixelData.dataOffset, pixelData.dataOffset + pixelData.length)
    : new Uint8Array();
  const dose = parseDose(json, new Uint8Array(pixels));
  if (dose.known) assert.ok(dose.grid);
}

function checkText(bytes: Buffer): void {
  const some = bytes.subarray(200, 400);
  for (const set of [undefined, 'ISO_IR 192', 'GB18030', 'ISO_IR 13\\ISO 2022 IR 87', '\\ISO 2022 IR 149'])
    assert.ok(decodeText(some, set, 'PN').isWellFormed());
}

/** Written anew without an edit, an object says the same; de-identified, no longer whose it was. */
function checkRewrite(parsed: ParsedHeader, bytes: Buffer): void {
  const written = orReason(() => writtenAnew(parsed, bytes, {}));
  if (!written) return;
  const again = parsedAgain(written, bytes.length);
  if (!again) return;
  const [first] = differences(parsed, again);
  assert.ok(first === undefined, `rewritten, it says something else in ${first}`);
  const { edits } = deidentify(parsed, defaultDeidentifyOptions, SECRET, 'fuzz');
  // Rows that say they are a date get the date of nobody: such an object can be beyond reading.
  const nobody = orReason(() => {
    const bytesOfNobody = writtenAnew(parsed, bytes, edits);
    return parseHeader(bytesOfNobody, bytesOfNobody.length, inflateOrReason);
  });
  if (!nobody) return;
  for (const tag of ['x00100010', 'x00100020']) {
    const [before, after] = [parsed, nobody].map(({ dataSet }) => dataSet.string(tag));
    assert.ok(!before || before !== after, `${tag} is still there`);
  }
}

/** Undefined only where the number of frames was just believable, for the size of a file that has become shorter. */
function parsedAgain(written: Buffer, sizeBefore: number): ParsedHeader | undefined {
  try {
    return parseHeader(written, written.length, inflateOrReason);
  } catch (error) {
    const frames = error instanceof DicomError && / frames$/.test(error.detail);
    if (frames && written.length < sizeBefore) return undefined;
    throw error;
  }
}

const SECRET = new TextEncoder().encode('a secret of the fuzzer');

function writtenAnew(parsed: ParsedHeader, bytes: Buffer, edits: Edits): Buffer {
  const end = parsed.dataSet.byteArray.length;
  const { meta, head, pixels, tail } = rewrite(
    parsed,
    edits,
    parsed.pixelData?.hadUndefinedLength ? { pixelEnd: end } : undefined,
  );
  const stretch =
    pixels === null ? [] : [pixels instanceof Uint8Array ? pixels : bytes.subarray(pixels.start, pixels.end)];
  return Buffer.concat([meta, head, ...stretch, tail]);
}
