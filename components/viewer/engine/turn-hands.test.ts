import { expect, test } from 'vitest';
import { addScaled, cross, dot, type Mm3 } from '@/lib/dicom/image-plane.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';
import type { HandEvent } from './hands.ts';
import type { Pane, PaneChange } from './pane.ts';
import { TurnHands } from './turn-hands.ts';

function projection(kind: ViewportState['kind'] = 'mip') {
  let state = { normal: [0, 1, 0], up: [0, 0, 1] } as unknown as ViewportState;
  const pane = { kind, state: () => state } as unknown as Pane;
  const change = (_pane: Pane, part: PaneChange) => {
    state = { ...state, ...part };
  };
  const stage = { store: { get: () => ({ tool: 'scroll' as const }) }, active: pane, change };
  const hands = new TurnHands(stage);
  const at = (x: number) => ({ pane, point: [x, 50], event: { button: 0 } }) as unknown as HandEvent;
  /** Where a point of the patient lies across the screen, as right is: down x normal. */
  const across = (point: Mm3) => {
    const { normal, up } = pane.state() as { normal: Mm3; up: Mm3 };
    return dot(point, cross(addScaled([0, 0, 0], up, -1), normal));
  };
  return { pane, hands, at, across };
}

test('what is in front follows the hand, and is turned back by it', () => {
  const { hands, at, across } = projection();
  // The patient's front, seen from the front.
  expect(across([0, -100, 0])).toBeCloseTo(0, 9);
  expect(hands.down(at(200))).toBe(true);
  hands.move(at(260));
  expect(across([0, -100, 0])).toBeCloseTo(100 * Math.sin((30 * Math.PI) / 180), 9);
  hands.move(at(200));
  expect(across([0, -100, 0])).toBeCloseTo(0, 9);
});

test('full stop turns it to the right, comma to the left, by a sixtieth', () => {
  const { hands, across } = projection();
  hands.key({ key: '.' } as KeyboardEvent);
  expect(across([0, -100, 0])).toBeCloseTo(100 * Math.sin((6 * Math.PI) / 180), 9);
  hands.key({ key: ',' } as KeyboardEvent);
  expect(across([0, -100, 0])).toBeCloseTo(0, 9);
});

test('a plane is not turned', () => {
  const { hands, at } = projection('plane');
  expect(hands.down(at(200))).toBe(false);
  expect(hands.key({ key: '.' } as KeyboardEvent)).toBe(false);
});
