import fs from 'node:fs/promises';
import path from 'node:path';
import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { textValue } from '@/lib/dicom/display-json.ts';
import { imagePlane } from '@/lib/dicom/image-plane.ts';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { parseHeader } from '@/lib/dicom/parse-header.ts';
import { parseStructureSet } from '@/lib/dicom/rtstruct.ts';
import { fitStructureSet, type ShownImage, type ShownSeries } from '@/lib/rt/fit-structure-set.ts';

const DATA = '../shared/data';

async function read(file: string) {
  const bytes = await fs.readFile(file);
  const { dataSet } = parseHeader(bytes, bytes.length, (packed) => zlib.inflateRawSync(packed));
  return toDicomJson(dataSet, () => '');
}

/** The image series of a folder. */
async function shown(folder: string): Promise<ShownSeries[]> {
  const entries = await fs.readdir(`${DATA}/${folder}`, { recursive: true, withFileTypes: true });
  const series = new Map<string, ShownImage[]>();
  for (const entry of entries.filter((one) => one.isFile())) {
    const json = await read(path.join(entry.parentPath, entry.name));
    if (!['CT', 'PT', 'MR'].includes(textValue(json, '00080060'))) continue;
    const image = { sopInstanceUid: textValue(json, '00080018'), plane: imagePlane(json) };
    const uid = textValue(json, '0020000E');
    series.set(uid, [...(series.get(uid) ?? []), image]);
  }
  return [...series].map(([seriesUid, images]) => ({ seriesUid, images }));
}

const verdict = async (structureSet: string, folder: string) =>
  fitStructureSet(parseStructureSet(await read(`${DATA}/${structureSet}`)), await shown(folder));

test('lung: all of its images are here', async () => {
  const set = 'ct_rtstruct_lung1_001';
  expect(await verdict(`${set}/RTSTRUCT_LUNG1-001.dcm`, `${set}/CT`)).toEqual({
    fits: true,
    missingImages: 0,
    refused: [],
  });
});

test('breast: one of 98 images is here, and the reader is told', async () => {
  const set = 'rt_breast_dicompyler';
  expect(await verdict(`${set}/rtss.dcm`, set)).toEqual({ fits: true, missingImages: 97, refused: [] });
});

test('another patient’s images', async () => {
  expect(await verdict('rt_breast_dicompyler/rtss.dcm', 'ct_rtstruct_lung1_001/CT')).toMatchObject({
    fits: false,
    reason: 'frame_of_reference_differs',
  });
});

describe('CT, PET and MR in one frame of reference: each set on its own series only', () => {
  const images = ['CT', 'PET', 'MR_T1'];
  const cases = ['002', '003'].flatMap((patient) =>
    images.flatMap((drawn) => images.map((on) => [patient, drawn, on] as const)),
  );
  test.each(cases)('%s: contours of %s on %s', async (patient, drawn, on) => {
    const set = `ctptmr_sts_${patient}`;
    // These series were cropped and have new SOP Instance UIDs: geometry vouches for them.
    expect(await verdict(`${set}/${drawn}/RTSTRUCT_${drawn}.dcm`, `${set}/${on}`)).toMatchObject(
      drawn === on ? { fits: true } : { fits: false, reason: 'references_not_found' },
    );
  });
});
