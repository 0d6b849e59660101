import { expect, test } from 'vitest';
import type { Mm3 } from '../dicom/image-plane.ts';
import type { RegisteredFrame, SpatialRegistration } from '../dicom/registration.ts';
import { IDENTITY, type Matrix3, mapped, type Rigid } from '../dicom/rigid.ts';
import { type FramePath, framePath } from './frame-paths.ts';
import { viewMapped } from './registration.ts';
import { toCanvas, toPatient, type ViewPlane, viewNormal } from './view-plane.ts';

/** A quarter turn about z. */
const QUARTER: Matrix3 = [0, -1, 0, 1, 0, 0, 0, 0, 1];
const moved = (...translation: Mm3): Rigid => ({ ...IDENTITY, translation });
const turned = (...translation: Mm3): Rigid => ({ rotation: QUARTER, translation });

const said = { comment: '', method: '' };
function registration(
  uid: string,
  to: string,
  frames: Record<string, Rigid | 'affine'>,
): SpatialRegistration {
  return {
    ...{ sopInstanceUid: uid, seriesUid: '2.25.2', studyUid: '2.25.3', label: uid, date: '' },
    to,
    frames: Object.entries(frames).map(
      ([from, transform]): RegisteredFrame =>
        transform === 'affine'
          ? { ...said, from, applied: false, reason: transform }
          : { ...said, from, applied: true, transform },
    ),
  };
}

const point: Mm3 = [10, 20, 30];
function end(path: FramePath): Mm3 {
  if (!path.found) throw new Error(path.reason);
  return mapped(path.transform, point);
}

test('one frame of reference needs no registration', () => {
  expect(framePath([], 'ct', 'ct')).toEqual({ found: true, transform: IDENTITY, registrationUids: [] });
});

test('different frames without a registration stay apart, and so does what has none', () => {
  expect(framePath([], 'ct', 'mr')).toMatchObject({ found: false, reason: 'no_registration' });
  expect(framePath([], 'ct', null)).toMatchObject({ found: false, reason: 'no_frame' });
  expect(framePath([], null, null)).toMatchObject({ found: false, reason: 'no_frame' });
  expect(framePath([registration('r', 'ct', { mr: 'affine' })], 'mr', 'ct')).toMatchObject({
    reason: 'no_registration',
  });
});

test('a registration is gone in its direction and against it', () => {
  const all = [registration('r', 'ct', { mr: turned(1, 2, 3) })];
  const there = framePath(all, 'mr', 'ct');
  expect(end(there)).toEqual([-19, 12, 33]);
  expect(there).toMatchObject({ registrationUids: ['r'] });
  // Back: (10 - 1, 20 - 2, 30 - 3), a quarter turn the other way.
  expect(end(framePath(all, 'ct', 'mr'))).toEqual([18, -9, 27]);
});

test('two frames registered to a third one meet there, by one object or by two', () => {
  const one = [registration('r', 'ct', { mr: moved(1, 0, 0), pet: turned(0, 5, 0) })];
  expect(end(framePath(one, 'mr', 'pet'))).toEqual([15, -11, 30]);
  const two = [
    registration('r', 'ct', { mr: moved(1, 0, 0) }),
    registration('s', 'ct', { pet: turned(0, 5, 0) }),
  ];
  const path = framePath(two, 'mr', 'pet');
  expect(end(path)).toEqual([15, -11, 30]);
  expect(path).toMatchObject({ registrationUids: ['r', 's'] });
});

test('a direct registration goes before a detour', () => {
  const all = [
    registration('r', 'ct', { mr: moved(1, 0, 0), pet: moved(0, 0, 0) }),
    registration('direct', 'pet', { mr: moved(9, 0, 0) }),
  ];
  expect(framePath(all, 'mr', 'pet')).toMatchObject({ found: true, registrationUids: ['direct'] });
});

test('two that differ are not chosen between: one must be named', () => {
  const all = [
    registration('r', 'ct', { mr: moved(1, 0, 0) }),
    registration('s', 'ct', { mr: moved(4, 0, 0) }),
  ];
  expect(framePath(all, 'mr', 'ct')).toEqual({ found: false, reason: 'ambiguous', candidates: ['r', 's'] });
  expect(end(framePath(all, 'mr', 'ct', 's'))).toEqual([14, 20, 30]);
  expect(framePath(all, 'mr', 'ct', 'unknown')).toMatchObject({ reason: 'no_registration' });
});

test('two that say the same are one', () => {
  const all = [
    registration('r', 'ct', { mr: moved(1, 0, 0) }),
    registration('s', 'mr', { ct: moved(-1.05, 0, 0) }),
  ];
  expect(framePath(all, 'mr', 'ct')).toMatchObject({ found: true, registrationUids: ['r'] });
});

test('detours of one length that differ are ambiguous too, and too long a way is none', () => {
  const around = [
    registration('a', 'x', { mr: moved(1, 0, 0), ct: moved(0, 0, 0) }),
    registration('b', 'y', { mr: moved(2, 0, 0), ct: moved(0, 0, 0) }),
  ];
  expect(framePath(around, 'mr', 'ct')).toMatchObject({ reason: 'ambiguous' });
  const chain = (length: number) =>
    Array.from({ length }, (_, at) => registration(`r${at}`, `f${at + 1}`, { [`f${at}`]: moved(1, 0, 0) }));
  expect(end(framePath(chain(3), 'f0', 'f3'))).toEqual([13, 20, 30]);
  expect(framePath(chain(4), 'f0', 'f4')).toMatchObject({ reason: 'no_registration' });
});

test('no way leads through an atlas or a device (PS3.3 C.20.2.1.1)', () => {
  const atlas = '1.2.840.10008.1.4.1.1';
  const all = [registration('r', atlas, { mr: moved(1, 0, 0), ct: moved(2, 0, 0) })];
  expect(framePath(all, 'mr', 'ct')).toMatchObject({ reason: 'no_registration' });
  expect(framePath(all, 'mr', atlas)).toMatchObject({ found: true });
});

test('a plane that was mapped shows a mapped point at the same place of the screen', () => {
  const transform = turned(7, -8, 9);
  const view: ViewPlane = {
    ...{ frameOfReferenceUid: 'mr', centre: [1, 2, 3], right: [0, 1, 0], down: [0, 0, -1] },
    ...{ mmPerPixel: 0.5, width: 400, height: 300 },
  };
  const seen = viewMapped(view, transform, 'ct');
  expect(seen.frameOfReferenceUid).toBe('ct');
  const [x, y] = toCanvas(view, point);
  expect(toCanvas(seen, mapped(transform, point))).toEqual([x, y]);
  expect(toPatient(seen, [30, 40])).toEqual(mapped(transform, toPatient(view, [30, 40])));
  // Towards the patient's right before; a quarter turn on, towards his front.
  expect(viewNormal(view)).toEqual([-1, 0, 0]);
  expect(viewNormal(seen).map((value) => value + 0)).toEqual([0, -1, 0]);
});
