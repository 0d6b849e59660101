import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseDose } from '@/lib/dicom/rtdose.ts';
import { doseSampler } from '@/lib/rt/dose-at.ts';
import { readObject } from './read-volume.ts';
import { type Figures, failing, rt, within } from './rt-command.ts';
import { DATA } from './structure-sets.ts';

type Curve = { doseGy: number[]; volumeCc: number[] };
const curveOf = (row: Figures | undefined): Curve => row?.curve as unknown as Curve;

/** Volume in cc that receives at least a dose, read off the curve. */
function volumeAt(row: Figures | undefined, gray: number): number {
  const { doseGy, volumeCc } = curveOf(row);
  const at = doseGy.findIndex((dose) => dose >= gray);
  if (at <= 0) return at === 0 ? (volumeCc[0] ?? 0) : 0;
  const [d0 = 0, d1 = 0, v0 = 0, v1 = 0] = [doseGy[at - 1], doseGy[at], volumeCc[at - 1], volumeCc[at]];
  return v0 + ((v1 - v0) * (gray - d0)) / (d1 - d0);
}

/** Dose in Gy that the hottest cc receive at least. */
function doseAt(row: Figures | undefined, cc: number): number {
  const { doseGy, volumeCc } = curveOf(row);
  const at = volumeCc.findIndex((volume) => volume < cc);
  const [d0 = 0, d1 = 0, v0 = 0, v1 = 0] = [doseGy[at - 1], doseGy[at], volumeCc[at - 1], volumeCc[at]];
  return d0 + ((v0 - cc) / (v0 - v1)) * (d1 - d0);
}

describe('the breast plan', () => {
  const SET = `${DATA}/rt_breast_dicompyler`;
  let rows: Record<string, Figures>;
  beforeAll(async () => {
    rows = await rt('dvh', SET);
  });

  // Volumes of dicompyler, whose ends reach as far as ours, and of Eclipse; highest and mean dose of Eclipse.
  test.each([
    [1, 'BODY', 14882.1, 0.01, 14.7, 0.4833],
    [3, 'Borders', 1.2, 0.08, 0.16, 0.0737],
    [4, 'Breast', 400.388, 0.01, 14.7, 5.6087],
    [5, 'Heart', 440.231, 0.01, 3.11, 0.6427],
    [6, 'Lt Lung', 2004.525, 0.01, 12.74, 0.9044],
    [7, 'Nodes', 0.6562, 0.03, 0.17, 0.1027],
    [8, 'Scar', 0.51590551, 0.01, 11.56, 6.3152],
    [9, 'Tumor Bed', 13.069, 0.01, 14.58, 14.2858],
    [10, 'Tumor Bed Block', 63.338, 0.01, 14.68, 14.26],
  ])('%d %s: volume, highest and mean dose', (roi, name, cc, share, maxGy, meanGy) => {
    const row = rows[roi];
    expect(row).toMatchObject({ name });
    within(row?.volumeCc, cc, share, 'volume');
    // The smallest bodies lie across a steep dose, where half a slice at their ends counts.
    within(row?.maxGy, maxGy, cc < 2 ? 0.12 : 0.03, 'highest');
    within(row?.meanGy, meanGy, cc < 2 ? 0.08 : 0.06, 'mean');
  });

  test('points of the planning system’s histograms', () => {
    within(rows[4]?.d50Gy, 3.07, 0.06, 'Breast D50');
    expect(rows[4]?.d95Gy).toBeCloseTo(0.07, 1);
    within(doseAt(rows[4], 2), 14.52, 0.005, 'Breast D2cc');
    within(volumeAt(rows[4], 10), 119.2, 0.02, 'Breast V10Gy');
    within(doseAt(rows[5], 2), 2.93, 0.02, 'Heart D2cc');
    expect(rows[5]?.d50Gy).toBeCloseTo(0.11, 1);
    within(doseAt(rows[6], 2), 10.12, 0.02, 'Lt Lung D2cc');
    within(volumeAt(rows[6], 5), 40.83, 0.03, 'Lt Lung V5Gy');
    within(volumeAt(rows[6], 10), 2.27, 0.06, 'Lt Lung V10Gy');
    // The coldest parts lie in the half slices at its ends, which the planning system does not count in full.
    within(rows[10]?.d98Gy, 13.62, 0.02, 'Tumor Bed Block D98');
    within(rows[10]?.d95Gy, 13.83, 0.01, 'Tumor Bed Block D95');
  });

  test('doses are read in gray: the percentages of the DVH Sequence are nobody’s dose', () => {
    expect(rows[5]?.meanGy).toBeLessThan(1);
  });

  test('the dose grid: its highest voxel, and values at known voxels', async () => {
    const { header, pixels } = await readObject(`${SET}/rtdose.dcm`);
    const dose = parseDose(header, pixels);
    if (!dose.known) throw new Error(dose.reason);
    const { grid } = dose;
    expect([grid.columns, grid.rows, grid.offsets.length]).toEqual([194, 129, 98]);
    const at = grid.doses.reduce((best, value, index) => (value > (grid.doses[best] ?? 0) ? index : best), 0);
    expect(grid.doses[at]).toBeCloseTo(14.680764, 5);
    expect([Math.floor(at / (194 * 129)), Math.floor(at / 194) % 129, at % 194]).toEqual(
      [26, 51, 137].with(0, 32),
    );
    const sample = doseSampler(grid);
    expect(sample(113.846, -291.744, -26.441)).toBeCloseTo(14.680764, 3);
  });
});

describe('the formula’s dose', () => {
  const SET = `${DATA}/ct_rtstruct_lung1_001`;
  let rows: Record<string, Figures>;
  beforeAll(async () => {
    rows = await rt('dvh', `${SET}/RTSTRUCT_LUNG1-001.dcm`, `${SET}/derived_dose/rtdose_derived.dcm`);
  });

  test('33 Gy at 60 mm from the middle, 65.997 Gy in it', async () => {
    const { header, pixels } = await readObject(`${SET}/derived_dose/rtdose_derived.dcm`);
    const dose = parseDose(header, pixels);
    if (!dose.known) throw new Error(dose.reason);
    const sample = doseSampler(dose.grid);
    expect(sample(81, -200.9, -456.5)).toBeCloseTo(65.997, 1);
    for (const [x, y, z] of [
      [60, 0, 0],
      [-60, 0, 0],
      [0, 60, 0],
      [0, 0, 60],
    ] as const)
      expect(Math.abs(sample(81 + x, -200.9 + y, -456.5 + z) - 33)).toBeLessThan(0.5);
    expect(sample(81, -200.9, -580), 'below the grid dose is unknown').toBeNaN();
  });

  test('the left lung: what receives 20 Gy', () => {
    // 31.32 % of the whole lung; below the grid the formula gives nothing of 20 Gy.
    within((100 * volumeAt(rows[7], 20)) / (rows[7]?.volumeCc ?? 1), 31.32, 0.01, 'V20Gy');
    within(rows[7]?.maxGy, 65.939, 0.005, 'highest');
  });

  test('the right lung and the spinal cord, far away: next to nothing, in total', () => {
    const total = (roi: number) => (rows[roi]?.meanGy ?? 0) * (rows[roi]?.coveredCc ?? 0);
    within(total(8) / (rows[8]?.volumeCc ?? 1), 0.018, 0.05, 'Lung-Right mean');
    // The truth is that of pixel centres; a surface lies up to half a pixel further into the dose.
    within(rows[8]?.maxGy, 12.931, 0.06, 'Lung-Right highest');
    expect(total(6) / (rows[6]?.volumeCc ?? 1)).toBeLessThan(0.004);
    // Half a pixel and half a slice further in the tail of the dose: 6 mGy.
    expect(Math.abs((rows[6]?.maxGy ?? 0) - 0.041)).toBeLessThan(0.01);
  });

  test('volumes beside the rasterised ones', () => {
    for (const [roi, cc] of [
      [2, 156.323],
      [6, 44.683],
      [7, 2276.66],
      [8, 2966.32],
    ] as const)
      within(rows[roi]?.volumeCc, cc, 0.005, `ROI ${roi}`);
  });
});

test('segmentations are structure sets too: millilitres of their voxels', async () => {
  const found = await rt('volumes', `${DATA}/petct_acrin_nsclc_042/SEG`);
  const volumes = Object.values(found).flatMap((set) =>
    Object.values(set as unknown as Record<string, Figures>).map((row) => row.volumeCc ?? 0),
  );
  const truths = [183.08, 1705, 1798, 1880.3, 8487.7];
  expect(volumes).toHaveLength(truths.length);
  volumes
    .sort((a, b) => a - b)
    .forEach((cc, index) => {
      within(cc, truths[index] ?? 0, 0.003);
    });
});

test('the digital phantom: 74 voxels of one cubic millimetre, as its file has them', async () => {
  const found = await rt('volumes', `${DATA}/ibsi_phantoms/digital_phantom/mask_seg.dcm`);
  expect(found[1]?.volumeCc).toBeCloseTo(0.074, 6);
});

describe('odd arguments', () => {
  test('a case’s whole folder: the factor of the PET that has one, whatever real world value maps lie beside it', async () => {
    const series = Object.values(await rt('suv', `${DATA}/petct_acrin_nsclc_042`));
    const known = series.find((one) => one.suvBw !== null);
    // A map of this study is wrong by a factor of a thousand.
    within(known?.suvBw, 0.0004211100701, 1e-6);
    expect(known?.tags).toMatchObject({ DecayCorrection: 'START', RadionuclideTotalDose: 588802304 });
  });

  test('a dose without its plan; structure sets of other patients beside it are named and left out', async () => {
    const found = await rt(
      'dvh',
      `${DATA}/ct_rtstruct_lung1_001/RTSTRUCT_LUNG1-001.dcm`,
      `${DATA}/rt_breast_dicompyler/rtss.dcm`,
      `${DATA}/rt_breast_dicompyler/rtdose.dcm`,
    );
    within(found[9]?.meanGy, 14.2858, 0.002);
  });

  test('several structure sets with several doses: by their UIDs, structure set first', async () => {
    const found = (await rt(
      'dvh',
      `${DATA}/ct_rtstruct_lung1_001/RTSTRUCT_LUNG1-001.dcm`,
      `${DATA}/ct_rtstruct_lung1_001/derived_dose`,
      `${DATA}/rt_breast_dicompyler`,
    )) as unknown as Record<string, Record<string, Record<string, Figures>>>;
    const rows = Object.values(found).flatMap((doses) => Object.values(doses));
    expect(rows).toHaveLength(2);
    expect(rows.some((one) => Math.abs((one[2]?.meanGy ?? 0) - 65.306) < 0.1)).toBe(true);
  });

  test('two sets of one space, drawn under other names: paired by number, which is said', async () => {
    const set = `${DATA}/ctptmr_sts_002`;
    const found = await rt(
      'compare',
      `${set}/CT/RTSTRUCT_CT.dcm`,
      `${set}/PET/RTSTRUCT_PET.dcm`,
      '--tolerance',
      '3',
    );
    const [row] = Object.values(found);
    expect(row).toMatchObject({ matchedBy: 'number', toleranceMm: 3 });
    expect(row?.dice).toBeGreaterThan(0.98);
    expect(row?.hd95Mm).toBeLessThan(1);
  });

  test('sets of two patients are not compared: their frames of reference differ', async () => {
    const found = await rt(
      'compare',
      `${DATA}/ctptmr_sts_002/CT/RTSTRUCT_CT.dcm`,
      `${DATA}/ctptmr_sts_003/CT/RTSTRUCT_CT.dcm`,
    );
    for (const row of Object.values(found)) expect(row.reason).toBe('frame_of_reference_differs');
  });

  test('files that links lead to', async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'rt-'));
    const target = path.resolve(`${DATA}/ctptmr_sts_002/CT/RTSTRUCT_CT.dcm`);
    await fs.symlink(target, path.join(folder, 'set.dcm'));
    await fs.symlink('/nowhere', path.join(folder, 'broken.dcm'));
    const [row] = Object.values(await rt('volumes', folder));
    within(row?.volumeCc, 53.295, 0.03);
    await fs.rm(folder, { recursive: true });
  });

  test.each([
    [['compare', `${DATA}/ctptmr_sts_002`], /two structure sets; there are 3/],
    [['compare', `${DATA}/rt_breast_dicompyler`, '--tolerance=-1'], /-1 is no length/],
    [['compare', `${DATA}/rt_breast_dicompyler`, '--tolerance', '-1'], /^Usage/],
    [['volumes', `${DATA}/rt_breast_dicompyler`, '--colour'], /^Usage/],
    [
      ['volumes', `${DATA}/ct_rtstruct_lung1_001/RTSTRUCT_LUNG1-001.dcm`, '/nowhere'],
      /There is no \/nowhere/,
    ],
    [['dvh', `${DATA}/rt_breast_dicompyler/rtss.dcm`, `${DATA}/ts_zoo/pydicom/rtdose.dcm`], /not_gray/],
  ])('%j: one clear line', async (args, message) => {
    const { code, stderr } = await failing(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });
});
