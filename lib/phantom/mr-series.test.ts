import { expect, test } from 'vitest';
import { type JsonDataSet, textValue } from '../dicom/display-json.ts';
import { type ImagePlane, imagePlane } from '../dicom/image-plane.ts';
import { toDicomJson } from '../dicom/json.ts';
import { parseHeader } from '../dicom/parse-header.ts';
import { parseRegistration } from '../dicom/registration.ts';
import { apart, mapped } from '../dicom/rigid.ts';
import { hodgkinPatient } from './hodgkin.ts';
import { hodgkinMrFiles, MR_SIZE, mrFrameOfReferenceUid, mrPlanes, mrToCt } from './mr-series.ts';
import { frameOfReferenceUid } from './patient.ts';

const read = (bytes: Uint8Array): JsonDataSet =>
  toDicomJson(parseHeader(bytes, bytes.length, (packed) => packed).dataSet, (at) => at) as JsonDataSet;
const files = [...hodgkinMrFiles(7)].map(({ path, bytes }) => ({ path, json: read(bytes) }));
const patient = hodgkinPatient(7);

test('the MR lies in a frame of reference of its own; its registration brings it into that of the CT', () => {
  const reg = parseRegistration(files.find(({ path }) => path.startsWith('REG'))?.json ?? {});
  expect(reg.to).toBe(frameOfReferenceUid(patient));
  const [frame] = reg.frames;
  expect(frame).toMatchObject({ from: mrFrameOfReferenceUid(patient), applied: true });
  if (frame?.applied) expect(apart(frame.transform, mrToCt)).toBeLessThan(1e-5);
});

test('through the registration its slices are the axial ones that they were made of', () => {
  const images = files.filter(({ path }) => path.startsWith('MR'));
  expect(images).toHaveLength(mrPlanes.count);
  const plane = imagePlane(images[0]?.json ?? {}) as ImagePlane;
  expect(textValue(images[0]?.json, '00200052')).toBe(mrFrameOfReferenceUid(patient));
  const [x, y, z] = mapped(mrToCt, plane.origin);
  const first = (-mrPlanes.pixel * (MR_SIZE - 1)) / 2;
  expect([x, y]).toEqual([expect.closeTo(first, 5), expect.closeTo(first, 5)]);
  expect(z).toBeCloseTo(mrPlanes.bottom + (mrPlanes.count - 1) * mrPlanes.spacing, 5);
  // In its own frame it is oblique.
  expect(plane.normal[2]).toBeLessThan(0.996);
});
