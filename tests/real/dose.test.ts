import fs from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { parseHeader } from '@/lib/dicom/parse-header.ts';
import { type DoseGrid, parseDose } from '@/lib/dicom/rtdose.ts';
import { parseDoseHeader } from '@/lib/dicom/rtdose-header.ts';
import { parsePlan } from '@/lib/dicom/rtplan.ts';
import { parseStructureSet } from '@/lib/dicom/rtstruct.ts';
import { beamShape, fieldEdges } from '@/lib/rt/beam-lines.ts';
import { dosePlane } from '@/lib/rt/dose-plane.ts';
import { sumDoses } from '@/lib/rt/dose-sum.ts';
import { firstDoses, whyNoSum } from '@/lib/rt/dose-sum-rules.ts';
import { dvhOf } from '@/lib/rt/dvh.ts';
import { homogeneity, volumeAt } from '@/lib/rt/dvh-figures.ts';
import { gridDvh } from '@/lib/rt/grid-dvh.ts';
import { isolinesOf } from '@/lib/rt/isodose.ts';
import { planeDistanceOf, roiSolid } from '@/lib/rt/roi-solid.ts';
import type { CutPlane } from '@/lib/rt/section-plane.ts';
import { inflate } from '@/lib/store/read-header.server.ts';

const DATA = '../shared/data';
const BREAST = `${DATA}/rt_breast_dicompyler`;
const DERIVED = `${DATA}/ct_rtstruct_lung1_001/derived_dose`;

async function jsonOf(file: string) {
  const bytes = await fs.readFile(file);
  const { dataSet, pixelData } = parseHeader(bytes, bytes.length, inflate);
  return { json: toDicomJson(dataSet, () => ''), bytes, pixelData };
}

async function gridOf(file: string): Promise<DoseGrid> {
  const { json, bytes, pixelData } = await jsonOf(file);
  const { dataOffset = 0, length = 0 } = pixelData ?? {};
  const found = parseDose(json, bytes.subarray(dataOffset, dataOffset + length));
  if (!found.known) throw new Error(found.reason);
  return found.grid;
}

const fileIn = async (folder: string, part: string) => {
  const names = await fs.readdir(folder);
  const name = names.find((one) => one.toLowerCase().includes(part));
  if (!name) throw new Error(`no ${part} in ${folder}`);
  return `${folder}/${name}`;
};

const planes: [string, (at: Mm3) => CutPlane][] = [
  ['axial', ([, , z]) => ({ right: [1, 0, 0], down: [0, 1, 0], normal: [0, 0, 1], depth: z })],
  ['coronal', ([, y]) => ({ right: [1, 0, 0], down: [0, 0, -1], normal: [0, 1, 0], depth: y })],
  ['sagittal', ([x]) => ({ right: [0, 1, 0], down: [0, 0, -1], normal: [-1, 0, 0], depth: -x })],
  [
    'oblique',
    ([x, y, z]) => ({
      right: [0.8, 0.6, 0],
      down: [-0.36, 0.48, 0.8],
      normal: [0.48, -0.64, 0.6],
      depth: 0.48 * x - 0.64 * y + 0.6 * z,
    }),
  ],
];

const along = ({ right, down, normal, depth }: CutPlane, x: number, y: number): Mm3 => {
  const axis = (a: 0 | 1 | 2) => normal[a] * depth + right[a] * x + down[a] * y;
  return [axis(0), axis(1), axis(2)];
};

test.each(planes)(
  'a formula on a grid that divides nothing evenly: isodoses are its spheres, %s',
  async (_, of) => {
    const grid = await gridOf(await fileIn(DERIVED, 'dose'));
    const centre: Mm3 = [81, -200.9, -456.5];
    const plane = of([centre[0] + 7.3, centre[1] - 5.1, centre[2] + 11.2]);
    const sampled = dosePlane(grid, plane);
    if (!sampled) throw new Error('not on the grid');
    const levels = [33, 50, 10];
    isolinesOf(sampled, levels).forEach((lines, index) => {
      const radius = 60 + 6 * Math.log(66 / (levels[index] ?? 1) - 1);
      const points = lines.flatMap((line) => [...line.points]);
      expect(points.length).toBeGreaterThan(200);
      for (let at = 0; at < points.length; at += 2) {
        const [x, y, z] = along(plane, points[at] ?? 0, points[at + 1] ?? 0);
        const distance = Math.hypot(x - centre[0], y - centre[1], z - centre[2]);
        // What trilinear interpolation over 4 mm makes of so steep a dose.
        expect(Math.abs(distance - radius)).toBeLessThan(0.35);
      }
    });
  },
);

test('its isodoses are as large as their spheres', async () => {
  const everywhere = gridDvh(await gridOf(await fileIn(DERIVED, 'dose')));
  const sphere = ((4 / 3) * Math.PI * 60 ** 3) / 1000;
  expect((volumeAt(everywhere, 33) ?? 0) / sphere).toBeCloseTo(1, 2);
});

test('the breast plan: the hottest place is ringed, on every plane through it', async () => {
  const grid = await gridOf(`${BREAST}/rtdose.dcm`);
  const hottest: Mm3 = [113.846, -291.744, -26.441];
  for (const [, of] of planes.slice(0, 3)) {
    const plane = of(hottest);
    const sampled = dosePlane(grid, plane);
    if (!sampled) throw new Error('not on the grid');
    const [lines = []] = isolinesOf(sampled, [14.6]);
    const x = plane.right.reduce((sum, value, axis) => sum + value * (hottest[axis] ?? 0), 0);
    const y = plane.down.reduce((sum, value, axis) => sum + value * (hottest[axis] ?? 0), 0);
    const round = lines.filter((line) => line.closed && holds(line.points, x, y));
    expect(round.length % 2).toBe(1);
    expect(isolinesOf(sampled, [14.69])[0]).toEqual([]);
  }
});

test('the breast plan: figures of the planning system', async () => {
  const grid = await gridOf(`${BREAST}/rtdose.dcm`);
  const set = parseStructureSet((await jsonOf(`${BREAST}/rtss.dcm`)).json);
  const dvh = (number: number) => {
    const roi = set.rois.find((one) => one.number === number);
    const body = roi && roiSolid(roi, planeDistanceOf(set));
    const found = body?.known ? dvhOf(body.solid, grid) : null;
    if (!found?.known) throw new Error(`ROI ${number}`);
    return found.dvh;
  };
  expect(homogeneity(dvh(9))).toBeCloseTo((14.47 - 14.12) / 14.28, 2);
  expect((volumeAt(dvh(6), 5) ?? 0) / 40.83).toBeCloseTo(1, 1);
  expect((volumeAt(dvh(4), 10) ?? 0) / 119.2).toBeCloseTo(1, 1);
});

test('the breast plan: each beam comes from where its name says, its field lies round the isocentre', async () => {
  const plan = parsePlan((await jsonOf(`${BREAST}/rtplan.dcm`)).json);
  const named = plan.beams.flatMap(({ name }) => ['RA', 'LA', 'LP'].filter((side) => name.includes(side)));
  expect([...new Set(named)].sort()).toEqual(['LA', 'LP', 'RA']);
  for (const beam of plan.beams) {
    const shape = beamShape(beam);
    if (typeof shape === 'string') throw new Error(shape);
    const [x, y] = [shape.source[0] - shape.isocentre[0], shape.source[1] - shape.isocentre[1]];
    // Supine: left is +x, the front -y.
    if (beam.name.includes('RA')) expect([x < 0, y < 0], beam.name).toEqual([true, true]);
    if (beam.name.includes('LA')) expect([x > 0, y < 0], beam.name).toEqual([true, true]);
    if (beam.name.includes('LP')) expect([x > 0, y > 0], beam.name).toEqual([true, true]);
    const depth = shape.isocentre[2];
    const edges = fieldEdges(shape, { right: [1, 0, 0], down: [0, 1, 0], normal: [0, 0, 1], depth });
    expect(edges.length).toBeGreaterThanOrEqual(2);
  }
});

test('its dose alone is what is shown first; with itself it is no sum', async () => {
  const { json } = await jsonOf(`${BREAST}/rtdose.dcm`);
  const header = parseDoseHeader(json);
  expect(header).toMatchObject({ units: 'GY', doseType: 'PHYSICAL', summationType: 'PLAN', frames: 98 });
  expect(firstDoses([header], new Set([header.frameOfReferenceUid]))).toEqual([header]);
  expect(whyNoSum([header, header])).toBe('twice');
  const grid = await gridOf(`${BREAST}/rtdose.dcm`);
  const { grid: double, resampled } = sumDoses([grid, grid]);
  expect(resampled).toBe(false);
  expect(double.doses[1_000_000]).toBeCloseTo(2 * (grid.doses[1_000_000] ?? 0), 5);
});

/** Whether a closed line goes round a point (even-odd). */
function holds(points: ArrayLike<number>, x: number, y: number): boolean {
  let inside = false;
  const count = points.length / 2;
  for (let at = 0; at < count; at += 1) {
    const next = (at + 1) % count;
    const [fromX, fromY] = [points[2 * at] ?? 0, points[2 * at + 1] ?? 0];
    const [toX, toY] = [points[2 * next] ?? 0, points[2 * next + 1] ?? 0];
    if (fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) inside = !inside;
  }
  return inside;
}
