import { expect, test } from 'vitest';
import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';
import { toCanvas, type ViewPlane } from '@/lib/planes/view-plane.ts';
import { toPoint } from '@/lib/planes/volume.ts';
import { axialShape, FRAME, planesOf, volumeOf } from '@/lib/planes/volumes.fixture.ts';
import { CrosshairHands } from './crosshair-hands.ts';
import type { HandEvent } from './hands.ts';
import type { Pane } from './pane.ts';
import type { ToolId } from './tools.ts';

const hot: Mm3 = [5, 4, 3];
const volume = volumeOf(planesOf(axialShape), (point) => {
  const [x, y, z] = toPoint(volumeOf(planesOf(axialShape), () => 0).geometry, hot);
  return Math.hypot(point[0] - x, point[1] - y, point[2] - z) < 0.5 ? 9 : 1;
});
const spot = toPoint(volume.geometry, hot);
/** From the front. */
const view: ViewPlane = {
  ...{ frameOfReferenceUid: FRAME, centre: [0, 10, 18], right: [1, 0, 0], down: [0, 0, -1] },
  ...{ mmPerPixel: 0.2, width: 200, height: 200 },
};

function pointing(kind: ViewportState['kind'], chosen: ToolId = 'crosshair') {
  let tool = chosen;
  const looked: Mm3[] = [];
  const hands = new CrosshairHands({
    store: { get: () => ({ tool }) },
    volumes: { of: () => volume },
    chooseTool: (next) => {
      tool = next;
    },
    lookAt: (_pane, mm) => looked.push(mm),
  });
  const pane = { kind, stack: {} } as unknown as Pane;
  const [x, y] = toCanvas(view, spot);
  const mm: Mm3 = [spot[0], 10, spot[2]];
  const at = (button = 0) => ({ pane, view, point: [x, y], mm, event: { button } }) as unknown as HandEvent;
  return { hands, at, looked, mm, tool: () => tool };
}

test('on a plane it is the place under the pointer', () => {
  const { hands, at, looked, mm } = pointing('plane');
  expect(hands.down(at())).toBe(true);
  hands.move(at());
  expect(looked).toEqual([mm, mm]);
});

test('on a projection it is the place of the maximum that is seen', () => {
  const { hands, at, looked } = pointing('mip');
  hands.down(at());
  expect(looked).toHaveLength(1);
  for (const axis of [0, 1, 2] as const)
    expect(Math.abs((looked[0]?.[axis] ?? 99) - spot[axis])).toBeLessThan(2);
});

test('other tools and other buttons are left alone; c chooses it', () => {
  const other = pointing('plane', 'window');
  expect(other.hands.down(other.at())).toBe(false);
  expect(other.hands.key({ key: 'c' } as KeyboardEvent)).toBe(true);
  expect(other.tool()).toBe('crosshair');
  expect(other.hands.down(other.at(1))).toBe(false);
});
