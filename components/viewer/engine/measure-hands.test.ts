import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import { plainStack } from '@/lib/live/view-state.ts';
import { volumeOf } from '@/lib/measure/volume.fixture.ts';
import { toPatient, type ViewPlane } from '@/lib/planes/view-plane.ts';
import { axialAt, stacksOf } from '../data/stack.fixture.ts';
import type { Stack } from '../data/stack.ts';
import type { HandEvent } from './hands.ts';
import { MeasureHands } from './measure-hands.ts';
import { Measuring } from './measuring.ts';
import type { Pane } from './pane.ts';
import { emptySnapshot, Store, type ViewerSnapshot } from './store.ts';
import type { ToolId } from './tools.ts';

// Nothing is painted here.
vi.stubGlobal('requestAnimationFrame', () => 1);

/** Half a millimetre to a CSS pixel; the middle of the view is the origin. */
const view: ViewPlane = {
  frameOfReferenceUid: '2.25.1',
  centre: [0, 0, 0],
  right: [1, 0, 0],
  down: [0, 1, 0],
  mmPerPixel: 0.5,
  width: 400,
  height: 300,
};
const volume = volumeOf((x) => 40 + x, { size: [61, 61, 9], spacing: [2, 2, 4] });

/** A measuring desk on a viewport that shows a cut through a series of this modality. */
function deskOn(modality: string, kind: Pane['kind'] = 'plane') {
  const [stack] = stacksOf(axialAt(-4, 0, 4), modality) as [Stack];
  const shown = {
    ...{ viewportId: 'v1', studyUid: '2.25.9', seriesUid: stack.SeriesInstanceUID, zoom: 1 },
    ...{ frameOfReferenceUid: '2.25.1', focalMm: null, sopInstanceUid: null, normal: null, voi: null },
    ...{ invert: false, rotation: 0, flipHorizontal: false, ...plainStack, kind },
  };
  const pane = {
    ...{
      id: 'v1',
      kind,
      stack,
      shown,
      image: null,
      plane: null,
      element: { style: {}, focus: () => undefined },
    },
    state: () => shown,
    viewPlane: () => view,
  } as unknown as Pane;
  const store = new Store<ViewerSnapshot>({ ...emptySnapshot, status: 'ready', stacks: [stack] });
  const measuring = new Measuring({
    ...{ store, active: pane, panes: () => [pane], redraw: () => undefined },
    volumes: { of: () => volume, whole: async () => volume },
    spaces: { viewIn: () => null, map: () => null },
    setExtras: (part) => store.set(part),
    chooseTool: (tool: ToolId) => store.set({ tool }),
    change: () => undefined,
    goTo: () => undefined,
    openStack: () => undefined,
  });
  const hands = new MeasureHands(measuring);
  const on = (x: number, y: number, event: Partial<PointerEvent> = {}): HandEvent => ({
    ...{ pane, view, point: [x, y], mm: toPatient(view, [x, y]) },
    event: { button: 0, isPrimary: true, pointerType: 'mouse', ...event } as PointerEvent,
  });
  const drag = (from: readonly [number, number], to: readonly [number, number]): boolean => {
    const taken = hands.down(on(...from));
    hands.move(on((from[0] + to[0]) / 2, (from[1] + to[1]) / 2));
    hands.move(on(...to));
    hands.up(on(...to));
    return taken;
  };
  const click = (x: number, y: number): boolean => {
    hands.hover(on(x, y));
    return drag([x, y], [x, y]);
  };
  const key = (name: string, more: Partial<KeyboardEvent> = {}): boolean =>
    hands.key({ key: name, target: null, ...more } as KeyboardEvent);
  const points = (): (readonly Mm3[])[] => store.get().measurements.map((one) => one.points);
  return { measuring, store, hands, on, drag, click, key, points };
}

let desk: ReturnType<typeof deskOn>;
beforeEach(() => {
  desk = deskOn('CT');
});

describe('drawing', () => {
  test('a length is dragged', () => {
    desk.key('l');
    expect(desk.drag([200, 150], [240, 150])).toBe(true);
    expect(desk.points()).toEqual([
      [
        [0, 0, 0],
        [20, 0, 0],
      ],
    ]);
    const [length] = desk.store.get().measurements;
    expect(length && desk.measuring.told(length).reading.figures[0]?.value.value).toBe(20);
    expect(desk.measuring.selected).toBe(length);
  });

  test('or clicked, end by end; till the second click nobody else sees it', () => {
    desk.key('l');
    desk.click(200, 150);
    desk.hands.hover(desk.on(220, 150));
    expect(desk.points()).toEqual([]);
    expect(desk.measuring.selected?.points[1]).toEqual([10, 0, 0]);
    desk.click(240, 150);
    expect(desk.points()).toHaveLength(1);
  });

  test('an angle by three clicks', () => {
    desk.key('a');
    desk.click(160, 150);
    desk.click(200, 150);
    desk.click(200, 110);
    const [angle] = desk.store.get().measurements;
    expect(angle && desk.measuring.told(angle).reading.figures[0]?.value.value).toBeCloseTo(90, 9);
  });

  test('two diameters in two drags, or the second as it is offered', () => {
    desk.key('b');
    desk.drag([160, 150], [240, 150]);
    desk.drag([200, 140], [204, 170]);
    expect(desk.points()[0]?.slice(2)).toEqual([
      [0, -5, 0],
      [0, 10, 0],
    ]);
    desk.key('Escape');
    desk.drag([160, 50], [240, 50]);
    desk.key('Enter');
    expect(desk.points()[1]?.[2]).toEqual([0, -60, 0]);
  });

  test('an ellipse tells values', () => {
    desk.key('e');
    desk.drag([180, 130], [220, 170]);
    const [ellipse] = desk.store.get().measurements;
    const reading = ellipse && desk.measuring.told(ellipse).reading;
    expect(reading?.values).toMatchObject([{ unit: 'HU', statistics: { mean: 40 } }]);
  });

  test('Escape takes back what is not done; a second finger too', () => {
    desk.key('l');
    desk.click(200, 150);
    expect(desk.key('Escape')).toBe(true);
    expect(desk.measuring.selected).toBeNull();
    desk.hands.down(desk.on(200, 150));
    expect(desk.hands.down(desk.on(260, 150, { isPrimary: false }))).toBe(false);
    desk.hands.up(desk.on(240, 150));
    expect(desk.points()).toEqual([]);
  });

  test('too small to mean anything: nothing', () => {
    desk.key('e');
    desk.drag([180, 130], [186, 130]);
    expect(desk.points()).toEqual([]);
  });
});

describe('where nothing can be drawn that is said', () => {
  test('a region on a CT', () => {
    desk.key('t');
    expect(desk.drag([200, 150], [240, 150])).toBe(true);
    expect(desk.points()).toEqual([]);
    expect(desk.measuring.state.get().notice).toBe('needs_pet');
  });

  test('anything on a projection', () => {
    desk = deskOn('PT', 'mip');
    desk.key('l');
    desk.drag([200, 150], [240, 150]);
    expect(desk.measuring.state.get().notice).toBe('projection');
  });

  test('a region on a PET is a sphere with 41 % of its maximum', () => {
    desk = deskOn('PT');
    desk.key('t');
    desk.drag([200, 150], [240, 150]);
    expect(desk.store.get().measurements).toMatchObject([
      { kind: 'region', normal: null, threshold: { kind: 'fraction', of: 0.41 } },
    ]);
  });
});

describe('pulling', () => {
  beforeEach(() => {
    desk.key('l');
    desk.drag([200, 150], [240, 150]);
    desk.key('Escape');
    desk.key('Escape');
    expect(desk.store.get().tool).toBe('window');
  });

  test('a line that is touched is selected, not moved; then it can be moved', () => {
    expect(desk.drag([220, 151], [220, 190])).toBe(true);
    expect(desk.points()[0]?.[0]).toEqual([0, 0, 0]);
    desk.drag([220, 151], [220, 171]);
    expect(desk.points()[0]).toEqual([
      [0, 10, 0],
      [20, 10, 0],
    ]);
  });

  test('a handle of what is selected', () => {
    desk.click(220, 150);
    desk.drag([242, 152], [260, 150]);
    expect(desk.points()[0]?.[1]).toEqual([30, 0, 0]);
  });

  test('elsewhere the gesture is the viewer’s', () => {
    expect(desk.drag([100, 100], [140, 100])).toBe(false);
  });

  test('by keys, undone one by one', () => {
    desk.click(220, 150);
    desk.measuring.set({ handle: 1 });
    expect(desk.key('ArrowRight')).toBe(false);
    expect(desk.key('ArrowRight', { shiftKey: true })).toBe(true);
    expect(desk.points()[0]?.[1]).toEqual([20.5, 0, 0]);
    desk.key('Delete');
    expect(desk.points()).toEqual([]);
    desk.key('z', { ctrlKey: true });
    desk.key('z', { ctrlKey: true });
    expect(desk.points()[0]?.[1]).toEqual([20, 0, 0]);
    desk.key('Z', { ctrlKey: true, shiftKey: true });
    expect(desk.points()[0]?.[1]).toEqual([20.5, 0, 0]);
  });
});
