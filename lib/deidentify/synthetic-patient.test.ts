import { beforeAll, describe, expect, test } from 'vitest';
import { toDicomJson } from '../dicom/json.ts';
import { parseHeader } from '../dicom/parse-header.ts';
import { rewrite } from '../dicom/rewrite.ts';
import { hodgkinFiles, hodgkinPatient, hodgkinPlanes } from '../phantom/hodgkin.ts';
import { suvBodyWeight } from '../rt/suv.ts';
import { deidentify } from './deidentify.ts';
import { type DeidentifyOptions, deidentifyOptionsSchema } from './schema.ts';

const SECRET = new TextEncoder().encode('a secret of the test');
const inflate = (bytes: Uint8Array) => bytes;
const parse = (bytes: Uint8Array) => parseHeader(bytes, bytes.length, inflate);
type File = { path: string; bytes: Uint8Array };
let originals: File[];

beforeAll(() => {
  const extent = { planes: { ...hodgkinPlanes, count: 3 }, pet: { first: 100, last: 102 } };
  originals = [...hodgkinFiles(1, extent)];
});

function deidentified(given: Partial<DeidentifyOptions>): File[] {
  const options = { ...deidentifyOptionsSchema.parse({}), ...given };
  return originals.map(({ path, bytes }) => {
    const parsed = parse(bytes);
    const out = rewrite(parsed, deidentify(parsed, options, SECRET, 'centre').edits);
    const { pixels } = out;
    const middle =
      pixels instanceof Uint8Array
        ? pixels
        : pixels
          ? bytes.subarray(pixels.start, pixels.end)
          : new Uint8Array();
    return { path, bytes: Buffer.concat([out.meta, out.head, middle, out.tail]) };
  });
}

/** Every element with its text, sequences included; numbers and pixels aside. */
function* values(json: Record<string, unknown>): Generator<{ tag: string; vr: string; text: string }> {
  for (const [tag, element] of Object.entries(json)) {
    const { vr, Value = [] } = element as { vr: string; Value?: unknown[] };
    for (const value of Value) {
      if (vr === 'SQ') yield* values(value as Record<string, unknown>);
      else if (vr === 'PN') yield { tag, vr, text: (value as { Alphabetic?: string }).Alphabetic ?? '' };
      else yield { tag, vr, text: String(value) };
    }
  }
}
const json = ({ bytes }: File) => toDicomJson(parse(bytes).dataSet, () => '');
const all = (files: readonly File[]) => files.flatMap((file) => [...values(json(file))]);
const isOwnUid = (vr: string, text: string) => vr === 'UI' && !text.startsWith('1.2.840.10008.');

describe('after the Basic Profile with shifted dates', () => {
  test('no name, identifier, UID or date of the patient is anywhere in the bytes', () => {
    const patient = hodgkinPatient(1);
    const secrets = new Set<string>([patient.name, patient.id, patient.accessionNumber, 'SYNTHETIQUE']);
    for (const { vr, text } of all(originals))
      if (['PN', 'DA', 'DT'].includes(vr) || isOwnUid(vr, text)) if (text.length > 3) secrets.add(text);
    for (const { tag, text } of all(originals))
      if (
        ['0008103E', '00081030', '00200010', '300A0002', '30060002', '00080080', '00181000'].includes(tag) &&
        text.length > 3
      )
        secrets.add(text);
    expect(secrets.size).toBeGreaterThan(20);
    for (const { path, bytes } of deidentified({})) {
      const text = Buffer.from(bytes).toString('latin1');
      const found = [...secrets].filter(
        (secret) => text.includes(Buffer.from(secret, 'utf8').toString('latin1')) || text.includes(secret),
      );
      expect(found, path).toEqual([]);
    }
  });

  test('what pointed at each other still does: CT, structures, plan, dose, PET, frames of reference', () => {
    const before = all(originals).filter(({ vr, text }) => isOwnUid(vr, text));
    const now = all(deidentified({})).filter(({ vr, text }) => isOwnUid(vr, text));
    expect(now.map(({ tag }) => tag)).toEqual(before.map(({ tag }) => tag));
    const map = new Map<string, string>();
    before.forEach(({ text }, index) => {
      const other = now[index]?.text ?? '';
      expect(map.get(text) ?? other).toBe(other);
      map.set(text, other);
    });
    expect(new Set(map.values()).size).toBe(map.size);
    const instances = new Set(now.filter(({ tag }) => tag === '00080018').map(({ text }) => text));
    const references = now.filter(({ tag }) => tag === '00081155').map(({ text }) => text);
    expect(references.filter((uid) => instances.has(uid)).length).toBeGreaterThan(3);
  });

  test('twice the same, and intervals between dates are as they were', () => {
    const [one, two] = [deidentified({}), deidentified({})];
    expect(
      one.every((file, index) => Buffer.from(file.bytes).equals(two[index]?.bytes ?? Buffer.alloc(0))),
    ).toBe(true);
    const day = (file: File | undefined) => {
      const text = parse(file?.bytes ?? new Uint8Array()).dataSet.string('x00080020') ?? '';
      return (
        Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6, 8))) /
        86_400_000
      );
    };
    const moved = new Set(one.map((file, index) => day(file) - day(originals[index])));
    expect(moved.size).toBe(1);
  });
});

test('with the weight kept, the SUV factor is what it was', () => {
  const pet = (files: readonly File[]) =>
    suvBodyWeight(files.filter(({ path }) => path.startsWith('PET')).map((file) => json(file)));
  const before = pet(originals);
  expect(before.known).toBe(true);
  expect(pet(deidentified({ keepPatientCharacteristics: true }))).toEqual(before);
  expect(pet(deidentified({}))).toMatchObject({ known: false, reason: 'weight_missing' });
});

test('cleaned names of structures keep TG-263 words', () => {
  const names = all(deidentified({ cleanDescriptors: true }))
    .filter(({ tag }) => tag === '30060026')
    .map(({ text }) => text);
  const before = all(originals).filter(({ tag }) => tag === '30060026');
  expect(names.length).toBe(before.length);
  expect(names.filter((name) => before.some(({ text }) => text === name)).length).toBeGreaterThan(
    names.length / 2,
  );
  const basic = all(deidentified({})).filter(({ tag }) => tag === '30060026');
  expect(basic.every(({ text }) => /^ROI_\d+$/.test(text))).toBe(true);
});
