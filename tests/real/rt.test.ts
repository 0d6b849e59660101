import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { suvBodyWeight } from '@/lib/rt/suv.ts';
import { type Figures, failing, rt, within } from './rt-command.ts';
import { DATA } from './structure-sets.ts';

describe('volumes', () => {
  test.each([
    ['ct_rtstruct_lung1_001/RTSTRUCT_LUNG1-001.dcm', { 2: 156.346, 6: 44.628, 7: 2267.83, 8: 2957.62 }, 1e-4],
    // Volumes of the planning system; Scar and Nodes have no more than six contours.
    ['rt_breast_dicompyler', { 4: 396.229, 5: 437.462, 6: 2008.949, 9: 12.809, 10: 62.883 }, 0.03],
    // Volumes in the voxel convention of dicompyler.
    [
      'rt_breast_dicompyler',
      { 1: 14882.1, 4: 400.388, 5: 440.231, 6: 2004.525, 9: 13.069, 10: 63.338 },
      0.01,
    ],
    ['ibsi_phantoms/ct_radiomics_phantom/DCM_RS_00060.dcm', { 1: 358.68 }, 0.005],
  ])('%s', async (set, truth, share) => {
    const found = await rt('volumes', `${DATA}/${set}`);
    for (const [roi, volume] of Object.entries(truth)) within(found[roi]?.volumeCc, volume, share);
  });

  test.each([
    ['002', 'CT', 53.295],
    ['002', 'PET', 54.277],
    ['002', 'MR_T1', 53.295],
    ['003', 'CT', 80.124],
    ['003', 'PET', 79.9],
    ['003', 'MR_T1', 80.123],
  ])('soft-tissue sarcoma %s on %s: %d ml', async (patient, image, millilitres) => {
    const found = await rt('volumes', `${DATA}/ctptmr_sts_${patient}/${image}/RTSTRUCT_${image}.dcm`);
    const [first] = Object.values(found);
    within(first?.volumeCc, millilitres, 0.03);
  });

  test('an empty ROI is named, with the reason', async () => {
    const found = await rt('volumes', `${DATA}/rt_breast_dicompyler/rtss.dcm`);
    expect(found[2]).toMatchObject({ name: 'Areola', volumeCc: 0, reason: 'no_contours' });
  });
});

describe('dose-volume histograms', () => {
  test('the breast plan, against the planning system', async () => {
    const found = await rt('dvh', `${DATA}/rt_breast_dicompyler`);
    within(found[5]?.meanGy, 0.6475, 0.01);
    within(found[6]?.meanGy, 0.9044, 0.01);
    within(found[4]?.meanGy, 5.6087, 0.015);
    within(found[9]?.meanGy, 14.2858, 0.002);
    within(found[10]?.meanGy, 14.26, 0.005);
    within(found[8]?.meanGy, 6.3152, 0.05);
    for (const [key, gray] of [
      ['d98Gy', 14.12],
      ['d95Gy', 14.14],
      ['d50Gy', 14.28],
      ['d2Gy', 14.47],
    ] as const)
      within(found[9]?.[key], gray, 0.002);
    within(found[10]?.d50Gy, 14.3, 0.002);
    within(found[10]?.d2Gy, 14.53, 0.002);
    within(found[5]?.maxGy, 3.11, 0.015);
    expect(found[5]?.outsideCc).toBe(0);
    expect(found[1]?.outsideCc).toBeGreaterThan(50);
  });

  test('a dose by formula; what lies below its grid is unknown and said', async () => {
    const set = `${DATA}/ct_rtstruct_lung1_001`;
    const found = await rt('dvh', `${set}/RTSTRUCT_LUNG1-001.dcm`, `${set}/derived_dose`);
    const gtv = {
      meanGy: 65.306,
      maxGy: 65.997,
      minGy: 55.463,
      d98Gy: 61.673,
      d95Gy: 63.03,
      d50Gy: 65.72,
      d2Gy: 65.986,
    };
    for (const [key, gray] of Object.entries(gtv)) within(found[2]?.[key], gray, 0.011);
    const lung = found[7];
    expect(lung?.outsidePercent).toBeGreaterThan(2);
    // There the formula is as good as zero: the dose integral is that of the whole lung.
    within(((lung?.meanGy ?? 0) * (lung?.coveredCc ?? 0)) / (lung?.volumeCc ?? 1), 17.157, 0.01);
    within(lung?.d2Gy, 65.169, 0.002);
    expect(found[8]?.outsidePercent).toBeGreaterThan(40);
  });

  test('a dose in another frame of reference is refused', async () => {
    const dose = `${DATA}/ct_rtstruct_lung1_001/derived_dose/rtdose_derived.dcm`;
    const { code, stderr } = await failing('dvh', `${DATA}/rt_breast_dicompyler/rtss.dcm`, dose);
    expect(code).toBe(1);
    expect(stderr).toMatch(/frame of reference/);
  });
});

describe('whole folders, nested, with whatever lies in them', () => {
  test('a study with compressed images: its structure set in its dose', async () => {
    const found = await rt('dvh', `${DATA}/ct_rtstruct_lung1_001`);
    within(found[2]?.meanGy, 65.306, 0.002);
    expect(found[2]?.outsideCc).toBe(0);
  });

  test('structure sets of two patients are told apart by their UIDs', async () => {
    const found = await rt('volumes', `${DATA}/ctptmr_sts_002`, `${DATA}/rt_breast_dicompyler`);
    expect(Object.keys(found)).toHaveLength(4);
    for (const key of Object.keys(found)) expect(key).toMatch(/^[\d.]+$/);
  });

  test('every PET series of a study, with its factor or the reason why there is none', async () => {
    const series = Object.values(await rt('suv', `${DATA}/petct_acrin_nsclc_042`));
    expect(series).toHaveLength(2);
    expect(series.map((one) => one.reason ?? 'known').sort()).toEqual(['known', 'units']);
  });
});

test('a structure set agrees with itself', async () => {
  const set = `${DATA}/ctptmr_sts_002`;
  const same = await rt('compare', `${set}/CT/RTSTRUCT_CT.dcm`, `${set}/CT/RTSTRUCT_CT.dcm`);
  for (const row of Object.values(same)) expect(row).toMatchObject({ dice: 1, surfaceDice: 1 });
});

describe('SUV factors', () => {
  test('PET of ACRIN, against the study’s own factors', async () => {
    const found = (await rt('suv', `${DATA}/petct_acrin_nsclc_042/PT_AC`)) as unknown as Figures;
    within(found.suvBw, 0.0004211100701, 1e-6);
    within(found.suvLbm, 0.00032444, 1e-5);
    within(found.suvIbw, 0.000398713, 1e-5);
    // The study's figure is in m² x 1000; {SUVbsa}cm2/ml is ten times that.
    within(found.suvBsa, 10 * 1.00711e-5, 1e-5);
  });

  test.each([
    ['petct_acrin_nsclc_042/PT_NAC', null, 'units'],
    ['ctptmr_sts_002/PET', 1, undefined],
  ])('%s', async (set, suvBw, reason) => {
    const found = (await rt('suv', `${DATA}/${set}`)) as unknown as Figures;
    expect(found).toMatchObject({ suvBw, ...(reason && { reason }) });
  });

  test.each([
    ['SIEMENS', 0.00042748316187197236],
    ['GE_MEDICAL_AND_BQML', 0.0005367387681819742],
    ['PHILIPS_CNTS_AND_SUV', 0.000728],
    ['BQML_AC_DT_lessThan_S_DT_SIEMENS', 0.0004069156854009332],
  ])('%s', async (name, factor) => {
    const text = await fs.readFile(`${DATA}/suv_headers_json/${name}-instances.json`, 'utf8');
    const result = suvBodyWeight((JSON.parse(text) as NaturalHeader[]).map(toJson));
    expect(result.known && Math.abs(result.factor - factor)).toBeLessThan(1e-6);
  });
});

type NaturalHeader = Record<string, unknown> & { PhilipsPETPrivateGroup?: Record<string, unknown> };

const TAGS: Record<string, string> = {
  SeriesDate: '00080021',
  SeriesTime: '00080031',
  AcquisitionDate: '00080022',
  AcquisitionTime: '00080032',
  PatientSex: '00100040',
  PatientSize: '00101020',
  PatientWeight: '00101030',
  FrameReferenceTime: '00541300',
  ActualFrameDuration: '00181242',
  DecayCorrection: '00541102',
  Units: '00541001',
  CorrectedImage: '00280051',
  GEPrivatePostInjectionDateTime: '0009100D',
};
const DRUG: Record<string, string> = {
  RadionuclideTotalDose: '00181074',
  RadionuclideHalfLife: '00181075',
  RadiopharmaceuticalStartTime: '00181072',
  RadiopharmaceuticalStartDateTime: '00181078',
};

/** The published headers have names for tags. */
function toJson(header: NaturalHeader): JsonDataSet {
  const pick = (names: Record<string, string>): JsonDataSet =>
    Object.fromEntries(
      Object.entries(names)
        .filter(([name]) => header[name] !== undefined)
        .map(([name, tag]) => [tag, { vr: 'LO', Value: [header[name]].flat() }]),
    );
  const philips = header.PhilipsPETPrivateGroup ?? {};
  return {
    '00080060': { vr: 'CS', Value: ['PT'] },
    ...pick(TAGS),
    '00540016': { vr: 'SQ', Value: [pick(DRUG)] },
    ...(philips.SUVScaleFactor !== undefined && {
      '70531000': { vr: 'DS', Value: [philips.SUVScaleFactor] },
    }),
    ...(philips.ActivityConcentrationScaleFactor !== undefined && {
      '70531009': { vr: 'DS', Value: [philips.ActivityConcentrationScaleFactor] },
    }),
  };
}

describe('bad input: one clear line, exit 1', () => {
  test.each([
    [['volumes'], /^Usage/],
    [['shapes', DATA], /^Usage/],
    [['volumes', '/nowhere'], /There is no \/nowhere/],
    [['suv', `${DATA}/rt_breast_dicompyler/rtss.dcm`], /no PET series/],
    [['dvh', `${DATA}/rt_breast_dicompyler/rtss.dcm`], /no dose/],
    [['compare', `${DATA}/rt_breast_dicompyler/rtss.dcm`], /two structure sets; there are 1/],
    [['volumes', `${DATA}/README.md`], /no structure set .*no DICOM file/],
  ])('%j', async (args, message) => {
    const { code, stderr } = await failing(...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('an empty folder', async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'rt-'));
    expect(await failing('volumes', folder)).toMatchObject({ code: 1 });
    await fs.rm(folder, { recursive: true });
  });
});
