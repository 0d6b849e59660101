import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { items, type JsonDataSet, numberValue, textValue } from '../dicom/display-json.ts';
import { imagePlane } from '../dicom/image-plane.ts';
import { instanceHeader } from '../dicom/instance-header.ts';
import { toDicomJson } from '../dicom/json.ts';
import { parseHeader } from '../dicom/parse-header.ts';
import { parseStructureSet } from '../dicom/rtstruct.ts';
import { solidVolume } from '../rt/contour-volume.ts';
import { fitStructureSet } from '../rt/fit-structure-set.ts';
import { roiSolid } from '../rt/roi-solid.ts';
import { suvBodyWeight } from '../rt/suv.ts';
import { lesions } from './anatomy.ts';
import { isocentre } from './beams.ts';
import { doseGrid } from './dose-grid.ts';
import { type HodgkinExtent, hodgkinFileCount, hodgkinFiles } from './hodgkin.ts';
import { petPlanes } from './pet-volume.ts';
import { thoraxFiles } from './thorax.ts';
import { phantomTruth } from './truth.ts';

/** From the mediastinum to the jaw: every target is in it, the abdomen is not. */
const extent: HodgkinExtent = {
  planes: { bottom: 140, spacing: 5, count: 40, pixel: 0.9765625 },
  pet: { first: 134, last: 164 },
};

type Read = { path: string; bytes: Uint8Array; json: JsonDataSet; pixels: { offset: number } };

function read({ path, bytes }: { path: string; bytes: Uint8Array }): Read {
  const parsed = parseHeader(bytes, bytes.length, (packed) => inflateRawSync(packed));
  expect(() => instanceHeader(parsed)).not.toThrow();
  const json = toDicomJson(parsed.dataSet, (at) => at) as JsonDataSet;
  return { path, bytes, json, pixels: { offset: parsed.pixelData?.dataOffset ?? 0 } };
}

const files = [...hodgkinFiles(7, extent)].map(read);
const of = (folder: string) => files.filter((file) => file.path.startsWith(`${folder}/`));
const only = (folder: string): JsonDataSet => of(folder)[0]?.json ?? {};
const truth = phantomTruth(7, extent.planes);
const planeOf = ({ json }: Read) => {
  const plane = imagePlane(json);
  if (!plane) throw new Error('no plane');
  return plane;
};

test('the same seed gives the same bytes, another seed other objects', () => {
  const few = { planes: { ...extent.planes, count: 2 }, pet: { first: 140, last: 140 } };
  const hash = (seed: number) => {
    const sum = createHash('sha256');
    for (const file of hodgkinFiles(seed, few)) sum.update(file.path).update(file.bytes);
    return sum.digest('hex');
  };
  const first = hash(7);
  expect(hash(7)).toBe(first);
  expect(hash(8)).not.toBe(first);
}, 60_000);

test('every object has a UID of its own, one patient, one study, one Frame of Reference', () => {
  expect(files).toHaveLength(hodgkinFileCount(extent));
  const values = (tag: string) => new Set(files.map(({ json }) => textValue(json, tag)));
  expect(values('00080018').size).toBe(files.length);
  expect([...values('00100010')]).toEqual(['SYNTHETIQUE^Hodgkine']);
  expect(values('0020000D').size).toBe(1);
  expect(values('00200052').size).toBe(1);
  expect(values('0020000E').size).toBe(5);
});

describe('images', () => {
  test.each([
    ['CT', 5],
    ['PET', petPlanes.spacing],
  ])('%s: axial, Instance Number 1 nearest to the head, evenly spaced', (folder, spacing) => {
    const images = of(folder).sort(
      (a, b) => (numberValue(a.json, '00200013') ?? 0) - (numberValue(b.json, '00200013') ?? 0),
    );
    const heights = images.map((image) => planeOf(image).origin[2]);
    for (const [i, z] of heights.entries())
      if (i > 0) expect((heights[i - 1] ?? 0) - z).toBeCloseTo(spacing, 6);
    for (const image of images) {
      const { normal, columns, columnSpacing, origin } = planeOf(image);
      expect(normal).toEqual([0, 0, 1]);
      // The scanner's axis is the middle of the image.
      expect(origin[0] + (columnSpacing * (columns - 1)) / 2).toBeCloseTo(0, 3);
    }
  });

  test('CT in Hounsfield units: air around, lung, soft tissue in the mass, bone', () => {
    const at = (x: number, y: number, z: number) => valueAt('CT', x, y, z);
    expect(at(0, -235, 200)).toBeLessThan(-950);
    expect(at(-80, 10, 150)).toBeLessThan(-700);
    expect(mean('CT', lesions[0].shape, 0.5)).toBeCloseTo(lesions[0].hu, -1);
    expect(at(0, 38, 190)).toBeGreaterThan(80);
  });
});

describe('SUV', () => {
  test('the factor read from the headers is the one that was meant', () => {
    const factor = suvBodyWeight(of('PET').map(({ json }) => json));
    if (!factor.known) throw new Error(factor.reason);
    expect(factor.factor / truth.suvPerBqMl).toBeCloseTo(1, 6);
  });

  test('the middle of the mediastinal mass, wider than the blur, has the uptake it was given', () => {
    const [mass] = lesions;
    expect(mean('PET', mass.shape, 0.45) * truth.suvPerBqMl).toBeCloseTo(mass.suv, 0);
  });

  test('the right cervical node is hot on PET and nothing on CT', () => {
    const node = lesions.find((lesion) => !lesion.onCt);
    if (!node) throw new Error('no such node');
    const { x, y, z } = node.shape;
    const hot = valueAt('PET', x, y, z) * truth.suvPerBqMl;
    expect(hot).toBeGreaterThan(7);
    expect(valueAt('PET', x, y - 30, z) * truth.suvPerBqMl).toBeLessThan(3);
    // Muscle and the fat between its bundles, as beside it.
    expect(Math.abs(mean('CT', node.shape, 0.6) - 45)).toBeLessThan(35);
  });
});

describe('structure set', () => {
  const structureSet = parseStructureSet(only('RTSTRUCT'));
  const shown = [...['CT', 'PET'].map((folder) => of(folder))].map((images) => ({
    seriesUid: textValue(images[0]?.json, '0020000E'),
    images: images.map((image) => ({
      sopInstanceUid: textValue(image.json, '00080018'),
      plane: planeOf(image),
    })),
  }));

  test('fits the CT it was drawn on', () => {
    expect(fitStructureSet(structureSet, shown)).toEqual({ fits: true, missingImages: 0, refused: [] });
  });

  test.each(truth.rois.map((roi) => [roi.name, roi] as const))(
    '%s has the volume of its shape',
    (_name, roi) => {
      const found = structureSet.rois.find((one) => one.number === roi.number);
      if (!found) throw new Error('not there');
      expect(found.name).toBe(roi.name);
      const body = roiSolid(found, extent.planes.spacing);
      if (body.known)
        expect(Math.abs(solidVolume(body.solid) / roi.contourVolumeCc - 1)).toBeLessThanOrEqual(0.001);
      // What lies beyond the slices of this extent.
      else expect([body.reason, roi.contourVolumeCc]).toEqual(['no_contours', 0]);
    },
  );

  test('a lesion without unevenness has the volume of an ellipsoid', () => {
    const { name, shape } = lesions[3];
    const exact = ((4 / 3) * Math.PI * shape.rx * shape.ry * shape.rz) / 1000;
    const roi = truth.rois.find((one) => one.name === name);
    expect((roi?.volumeCc ?? 0) / exact).toBeCloseTo(1, 2);
  });
});

describe('plan and dose', () => {
  const plan = only('RTPLAN');
  const dose = of('RTDOSE')[0];

  test('dose names the plan, plan names the structure set', () => {
    const referenced = (json: JsonDataSet | undefined, sequence: string) =>
      textValue(items(json, sequence)[0], '00081155');
    expect(referenced(dose?.json, '300C0002')).toBe(textValue(plan, '00080018'));
    expect(referenced(plan, '300C0060')).toBe(textValue(only('RTSTRUCT'), '00080018'));
  });

  test('30 Gy in 15 fractions by beams whose doses add up', () => {
    const [group] = items(plan, '300A0070');
    expect(numberValue(group, '300A0078')).toBe(15);
    expect(numberValue(items(plan, '300A0010')[0], '300A0026')).toBe(30);
    const perFraction = items(group, '300C0004').reduce(
      (sum, beam) => sum + (numberValue(beam, '300A0084') ?? 0),
      0,
    );
    expect(perFraction * 15).toBeCloseTo(30, 6);
    expect(items(plan, '300A00B0')).toHaveLength(4);
  });

  test('covers the target and falls off away from it', () => {
    const at = (x: number, y: number, z: number) => doseAt(dose, x, y, z);
    for (const { shape } of lesions) expect(at(shape.x, shape.y, shape.z)).toBeGreaterThan(28.5);
    expect(at(isocentre.x, -34, 200)).toBeLessThan(32.1);
    expect(at(-110, 0, 200)).toBeLessThan(3);
    expect(at(6, 60, 200)).toBeGreaterThan(5);
  });
});

test('the second patient is another one', () => {
  const first = read(thoraxFiles().next().value ?? { path: '', bytes: new Uint8Array() });
  expect(textValue(first.json, '00100010')).toBe('SYNTHETIQUE^Thorace');
  expect(textValue(first.json, '00200052')).not.toBe(textValue(only('CT'), '00200052'));
});

/** The value of the image voxel nearest to a point in patient mm, rescaled. */
function valueAt(folder: string, x: number, y: number, z: number): number {
  const image = of(folder).reduce((best, one) =>
    Math.abs(planeOf(one).origin[2] - z) < Math.abs(planeOf(best).origin[2] - z) ? one : best,
  );
  const { origin, columnSpacing, rowSpacing, columns } = planeOf(image);
  const column = Math.round((x - origin[0]) / columnSpacing);
  const row = Math.round((y - origin[1]) / rowSpacing);
  const view = new DataView(image.bytes.buffer, image.bytes.byteOffset);
  const stored = view.getUint16(image.pixels.offset + 2 * (row * columns + column), true);
  return stored * (numberValue(image.json, '00281053') ?? 1) + (numberValue(image.json, '00281052') ?? 0);
}

/** Mean over the part of an ellipsoid that is `share` of its size. */
function mean(
  folder: string,
  shape: { x: number; y: number; z: number; rx: number; ry: number; rz: number },
  share: number,
): number {
  const values: number[] = [];
  for (let i = -2; i <= 2; i += 1)
    for (let j = -2; j <= 2; j += 1)
      for (let k = -2; k <= 2; k += 1)
        if (i * i + j * j + k * k <= 4)
          values.push(
            valueAt(
              folder,
              shape.x + (i / 2) * share * shape.rx,
              shape.y + (j / 2) * share * shape.ry,
              shape.z + (k / 2) * share * shape.rz,
            ),
          );
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function doseAt(dose: Read | undefined, x: number, y: number, z: number): number {
  if (!dose) throw new Error('no dose');
  const column = Math.round((x - doseGrid.x) / doseGrid.spacing);
  const row = Math.round((y - doseGrid.y) / doseGrid.spacing);
  const frame = Math.round((z - doseGrid.z) / doseGrid.between);
  const index = (frame * doseGrid.rows + row) * doseGrid.columns + column;
  const view = new DataView(dose.bytes.buffer, dose.bytes.byteOffset);
  return view.getUint32(dose.pixels.offset + 4 * index, true) * (numberValue(dose.json, '3004000E') ?? 0);
}
