import fs from 'node:fs/promises';
import { expect, test } from 'vitest';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { parseHeader } from '@/lib/dicom/parse-header.ts';
import { isocentresOf, parsePlan, prescribedGy } from '@/lib/dicom/rtplan.ts';
import { inflate } from '@/lib/store/read-header.server.ts';

const DATA = '../shared/data';

async function planOf(file: string) {
  const bytes = await fs.readFile(`${DATA}/${file}`);
  return parsePlan(toDicomJson(parseHeader(bytes, bytes.length, inflate).dataSet, () => ''));
}

test('the breast plan: 14 Gy in 7 fractions by four beams', async () => {
  const plan = await planOf('rt_breast_dicompyler/rtplan.dcm');
  expect(plan.label).toBe('B1');
  expect(prescribedGy(plan)).toBe(14);
  expect(plan.fractionGroups).toHaveLength(1);
  expect(plan.fractionGroups[0]?.fractions).toBe(7);
  const rows = plan.beams.map((beam) => {
    const share = plan.fractionGroups[0]?.beams.find((one) => one.beamNumber === beam.number);
    const [first] = beam.points;
    return [
      beam.number,
      beam.name,
      beam.type,
      beam.radiation,
      first?.gantry,
      first?.energy,
      Math.round(share?.meterset ?? 0),
      share?.doseGy,
      beam.points.length,
    ];
  });
  expect(rows.sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
    [1, '3 RAO', 'DYNAMIC', 'PHOTON', 327, 10, 97, 0.5, 92],
    [2, '4 AP', 'DYNAMIC', 'PHOTON', 0, 6, 87, 0.5, 94],
    [3, '5 LAO', 'DYNAMIC', 'PHOTON', 56, 6, 89, 0.5, 103],
    [4, '6 LPO', 'DYNAMIC', 'PHOTON', 150, 10, 94, 0.5, 95],
  ]);
  const [isocentre, ...others] = isocentresOf(plan);
  expect(others).toEqual([]);
  [72.53, -304.345, -9.309].forEach((value, axis) => {
    expect(isocentre?.[axis]).toBeCloseTo(value, 2);
  });
});

test('a plan made for a formula: 60 Gy in 30; what it lacks is listed', async () => {
  const plan = await planOf('ct_rtstruct_lung1_001/derived_dose/rtplan_derived.dcm');
  expect(prescribedGy(plan)).toBe(60);
  expect(plan.fractionGroups[0]?.fractions).toBe(30);
  expect(plan.missing.every((gap) => gap !== 'prescription' && gap !== 'fractions')).toBe(true);
});
