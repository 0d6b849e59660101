import fs from 'node:fs/promises';
import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { parseHeader } from '@/lib/dicom/parse-header.ts';
import { parseSegmentation } from '@/lib/dicom/seg.ts';
import { isComplete } from '@/lib/dicom/seg-pixels.ts';
import { solidVolume } from '@/lib/rt/contour-volume.ts';
import { roiSolid } from '@/lib/rt/roi-solid.ts';
import { evenOddArea } from '@/lib/rt/scanline.ts';
import { segmentationContours } from '@/lib/rt/segmentation-contours.ts';

const DATA = '../shared/data';

async function read(file: string) {
  const bytes = await fs.readFile(`${DATA}/${file}`);
  const { dataSet, pixelData } = parseHeader(bytes, bytes.length, (packed) => zlib.inflateRawSync(packed));
  const result = parseSegmentation(toDicomJson(dataSet, () => ''));
  const from = pixelData?.dataOffset ?? 0;
  return {
    result,
    pixels: { whole: dataSet.byteArray.subarray(from, from + (pixelData?.length ?? 0)) as Uint8Array },
  };
}

async function contoursOf(file: string) {
  const { result, pixels } = await read(file);
  if (!result.known) throw new Error(result.reason);
  expect(isComplete(result.segmentation, pixels)).toBe(true);
  return { segmentation: result.segmentation, ...segmentationContours(result.segmentation, pixels) };
}

/** Voxels, and ml where it is known. */
const truths: [string, Record<number, [number, number?]>][] = [
  ['petct_acrin_nsclc_042/SEG/SEG_PT_Segmentation.dcm', { 1: [2548, 183.08], 2: [23730, 1705.0] }],
  ['petct_acrin_nsclc_042/SEG/SEG_PT_2_Segmentation.dcm', { 1: [118130, 8487.7] }],
  ['petct_acrin_nsclc_042/SEG/SEG_on_CT_Segmentation.dcm', { 1: [602948, 1880.3], 2: [576543, 1798.0] }],
  ['seg_misc/partial_overlaps.dcm', { 1: [9602], 2: [11888], 3: [10743], 4: [6693], 5: [4713] }],
  ['seg_misc/liver.dcm', { 1: [107098] }],
  ['mr_seg_breast_ucsf06/SEG/1-1.dcm', { 1: [82527, (82527 * 0.703125 ** 2 * 2) / 1000] }],
  ['ibsi_phantoms/digital_phantom/mask_seg.dcm', { 1: [74] }],
];

test.each(truths)('%s: voxels and millilitres', async (file, truth) => {
  const { set, voxels, segmentation } = await contoursOf(file);
  for (const [key, [count, millilitres]] of Object.entries(truth)) {
    const number = Number(key);
    expect(voxels.get(number), `segment ${number}`).toBe(count);
    const roi = set.rois.find((one) => one.number === number);
    const solid = roi && roiSolid(roi, null);
    if (!solid?.known) throw new Error('no body');
    const plane = segmentation.frames[0]?.plane;
    const pixel = (plane?.columnSpacing ?? 0) * (plane?.rowSpacing ?? 0);
    // Outlines enclose just the voxels.
    const area = solid.solid.slabs.reduce((sum, slab) => sum + evenOddArea(slab.polygons), 0);
    expect(Math.abs(area / pixel / count - 1)).toBeLessThan(1e-9);
    if (millilitres) expect(Math.abs(solidVolume(solid.solid) / millilitres - 1)).toBeLessThan(0.003);
  }
});

describe('kinds of segmentations', () => {
  test('rows times columns that are no whole bytes', async () => {
    for (const size of ['23x38x3', '24x38x3']) {
      const { voxels } = await contoursOf(`seg_misc/${size}/seg/label.seg`);
      expect(voxels.get(1), size).toBeGreaterThan(0);
    }
  });

  test('label map', async () => {
    const { set, voxels } = await contoursOf('seg_misc/sparse-labelmap-noppv.dcm');
    expect(set.rois.map((roi) => roi.name)).toEqual(['Background', 'Liver']);
    expect(voxels.get(1)).toBeGreaterThan(0);
  });

  test('fractional, overlapping, single frame', async () => {
    const sets = [
      'ct_binary',
      'ct_binary_fractional',
      'ct_binary_overlap',
      'ct_true_fractional',
      'ct_binary_single_frame',
    ];
    const counts = [];
    for (const name of sets)
      counts.push((await contoursOf(`seg_misc/highdicom/seg_image_${name}.dcm`)).voxels.get(1));
    expect(counts.every((count) => (count ?? 0) > 0)).toBe(true);
    // The same pixels, once as bits, once as probabilities of 0 and 1.
    expect(counts[0]).toBe(counts[1]);
  });

  test('on a radiograph, which lies nowhere in space: refused', async () => {
    const { result } = await read('seg_misc/highdicom/seg_image_cr_binary.dcm');
    expect(result).toEqual({ known: false, reason: 'no_frame_of_reference' });
  });
});
