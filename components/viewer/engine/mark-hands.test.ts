import { beforeEach, expect, test } from 'vitest';
import { type Mark, markSchema } from '@/lib/live/mark-state.ts';
import type { HandEvent } from './hands.ts';
import { barbs, MarkHands } from './mark-hands.ts';
import type { ToolId } from './tools.ts';

let tool: ToolId;
let told: Mark[];
let hands: MarkHands;
beforeEach(() => {
  tool = 'mark-line';
  told = [];
  hands = new MarkHands({
    store: { get: () => ({ tool }) },
    chooseTool: (chosen) => {
      tool = chosen;
    },
  });
  hands.tell((mark) => told.push(mark));
});

const at = (x: number, more: Partial<PointerEvent> = {}) =>
  ({
    event: { button: 0, isPrimary: true, ...more },
    mm: [x, 0, 0],
    view: { mmPerPixel: 1, right: [1, 0, 0], down: [0, 1, 0] },
    pane: { kind: 'stack', shown: { seriesUid: '1.2', frameOfReferenceUid: '1.3' } },
  }) as unknown as HandEvent;
const key = (pressed: string) => hands.key({ key: pressed } as KeyboardEvent);

test('M1: a line grows under one number and never over what a message may hold, its ends kept', () => {
  expect(hands.down(at(0))).toBe(true);
  for (let x = 1; x <= 3000; x += 1) hands.move(at(x));
  const last = told.at(-1);
  expect(new Set(told.map(({ n }) => n)).size).toBe(1);
  expect(told.every((mark) => markSchema.safeParse(mark).success)).toBe(true);
  expect(last?.points[0]).toEqual([0, 0, 0]);
  expect(last?.points.at(-1)).toEqual([3000, 0, 0]);
  hands.up();
  hands.move(at(9));
  expect(told.at(-1)).toBe(last);
  hands.down(at(0));
  hands.move(at(5));
  expect(told.at(-1)?.n).not.toBe(last?.n);
});

test('an arrow has a tail and a head', () => {
  tool = 'mark-arrow';
  hands.down(at(0));
  for (const x of [10, 20, 30]) hands.move(at(x));
  expect(told.at(-1)).toMatchObject({
    kind: 'arrow',
    points: [
      [0, 0, 0],
      [30, 0, 0],
    ],
  });
  const [left, right] = barbs([0, 0], [30, 0], 10);
  expect(left[0]).toBeCloseTo(30 - 10 * Math.cos(Math.PI / 6));
  expect([left[1], right[1]]).toEqual([expect.closeTo(-5), expect.closeTo(5)]);
});

test('other tools, other buttons and second fingers draw nothing', () => {
  expect(hands.down(at(0, { button: 2 }))).toBe(false);
  expect(hands.down(at(0, { isPrimary: false }))).toBe(false);
  tool = 'window';
  expect(hands.down(at(0))).toBe(false);
});

test('keys choose the tools and put them down; without anybody to point for there are none', () => {
  expect(key('j')).toBe(true);
  expect(tool).toBe('mark-arrow');
  expect(key('j')).toBe(true);
  expect(tool).toBe('window');
  key('q');
  hands.tell(null);
  expect(tool).toBe('window');
  expect(key('q')).toBe(false);
});
