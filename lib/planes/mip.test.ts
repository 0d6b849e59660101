import { expect, test } from 'vitest';
import { cross, type Mm3, subtract } from '../dicom/image-plane.ts';
import { mipPoint, projectMip } from './mip.ts';
import { toCanvas, type ViewPlane } from './view-plane.ts';
import { toPoint } from './volume.ts';
import { axialShape, FRAME, planesOf, unit, volumeOf } from './volumes.fixture.ts';

const shape = {
  ...axialShape,
  ...{ columns: 20, rows: 24, columnSpacing: 2, rowSpacing: 2, origin: [-19, -23, 0] as Mm3 },
  offsets: Array.from({ length: 15 }, (_, place) => place * 3),
};
const size = { width: 60, height: 60 };
const hot: Mm3 = [12, 17, 9];

/** One hot voxel in a body of 1. */
function volumeWithSpot() {
  const volume = volumeOf(planesOf(shape), () => 1);
  const slice = volume.slices[hot[2]];
  if (slice) slice.pixels[hot[1] * shape.columns + hot[0]] = 50;
  return { volume, spot: toPoint(volume.geometry, hot) };
}

const viewAlong = (normal: Mm3): ViewPlane => {
  const right = unit(cross([0, 0, -1], normal));
  const down = cross(normal, right);
  return {
    frameOfReferenceUid: FRAME,
    centre: [0, 0, 20],
    right,
    down,
    mmPerPixel: 1,
    width: 60,
    height: 60,
  };
};

const angles = [0, 17, 45, 90, 133, 180, 271].map((degrees) => (degrees * Math.PI) / 180);
const directions = [0, 0.3].flatMap((tilt) =>
  angles.map((angle): Mm3 => unit([Math.cos(angle), Math.sin(angle), tilt])),
);

test.each(directions)(
  'seen along %d, %d, %d the hot voxel stands where it lies, and is found again',
  (...normal) => {
    const { volume, spot } = volumeWithSpot();
    const view = viewAlong(normal);
    const out = new Float32Array(3600);
    projectMip(volume, view, size, out);
    const at = out.indexOf(Math.max(...out.filter((value) => !Number.isNaN(value))));
    const [x, y] = toCanvas(view, spot);
    expect(Math.hypot((at % 60) + 0.5 - x, Math.floor(at / 60) + 0.5 - y)).toBeLessThan(3);
    const found = mipPoint(volume, view, [(at % 60) + 0.5, Math.floor(at / 60) + 0.5]);
    expect(found && Math.hypot(...subtract(found, spot))).toBeLessThan(4);
  },
);

test('a ray that meets nothing is nothing, and so is a slice that is not there', () => {
  const { volume } = volumeWithSpot();
  volume.slices[hot[2]] = null;
  const out = new Float32Array(3600);
  projectMip(volume, viewAlong([0, 1, 0]), size, out);
  expect(Math.max(...out.filter((value) => !Number.isNaN(value)))).toBe(1);
  // The slices on both sides reach half-way; 40 mm wide, 45 mm high.
  expect(out.filter((value) => value === 1).length).toBeLessThan(40 * 45);
  expect(out[0]).toBeNaN();
  expect(mipPoint(volume, viewAlong([0, 1, 0]), [1, 1])).toBeNull();
});

test('along the stack itself each pixel is the maximum of its column of voxels, at its slice', () => {
  const { volume, spot } = volumeWithSpot();
  const view = { ...viewAlong([0, 1, 0]), right: [1, 0, 0] as Mm3, down: [0, 1, 0] as Mm3 };
  const out = new Float32Array(3600);
  const depths = new Float32Array(3600);
  projectMip(volume, view, size, out, depths);
  // 40 by 48 mm at 1 mm per pixel; the hot voxel is 2 by 2 mm.
  expect(out.filter((value) => !Number.isNaN(value)).length).toBe(40 * 48);
  expect(out.filter((value) => value === 50).length).toBe(4);
  expect(depths[out.indexOf(50)]).toBeCloseTo(spot[2] - view.centre[2], 5);
});

test('rays within the slices, the picture turned: what lies in them is still met', () => {
  const { volume, spot } = volumeWithSpot();
  const upright = viewAlong([0, 1, 0]);
  const view = { ...upright, right: unit([1, 0, 1]), down: unit([1, 0, -1]) };
  const turned = { ...view, down: cross([0, 1, 0], view.right) };
  const out = new Float32Array(3600);
  projectMip(volume, turned, size, out);
  const [x, y] = toCanvas(turned, spot);
  expect(out[Math.floor(y) * 60 + Math.floor(x)]).toBe(50);
});
