import type { Axis } from '@/lib/planes/axes.ts';

/** Which series a place shows: a display set selector of the layout's hanging protocol. */
export type Selector = 'best' | 'planned' | 'base' | 'pet' | 'current' | 'prior';

/** A viewport of a layout. */
export type Cell = {
  /** CSS grid area: row / column / end row / end column. */
  area: string;
  series: Selector;
  /** `best`: the acquired images where they lie in the axis's plane, else a cut. Without an axis as acquired. */
  kind: 'stack' | 'best' | 'plane' | 'mip';
  axis?: Axis;
  /** What lies over it. */
  over?: Selector;
};

export type Layout = {
  rows: number;
  columns: number;
  cells: readonly Cell[];
  /** Where the dose-volume histograms stand, as a CSS grid area. */
  dvh?: string;
};

const stacks = (rows: number, columns: number, series: readonly Selector[]): Layout => ({
  rows,
  columns,
  cells: Array.from({ length: rows * columns }, (_, index) => ({
    area: at(Math.floor(index / columns), index % columns),
    series: series[index % series.length] ?? 'best',
    kind: 'stack',
  })),
});
const at = (row: number, column: number): string => `${row + 1} / ${column + 1} / ${row + 2} / ${column + 2}`;

/** Layouts by name; the names are part of the shared view. */
export const layouts = {
  single: stacks(1, 1, ['best']),
  'ct-pt': stacks(1, 2, ['base', 'pet']),
  two: stacks(1, 2, ['best']),
  four: stacks(2, 2, ['best']),
  /** A series, and the one of an earlier day that it is compared with. */
  prior: stacks(1, 2, ['current', 'prior']),
  /** CT review: one series in three planes. */
  mpr: {
    rows: 2,
    columns: 3,
    cells: [
      { area: '1 / 1 / 3 / 3', series: 'planned', kind: 'best', axis: 'axial' },
      { area: '1 / 3 / 2 / 4', series: 'planned', kind: 'best', axis: 'coronal' },
      { area: '2 / 3 / 3 / 4', series: 'planned', kind: 'best', axis: 'sagittal' },
    ],
  },
  /** PET/CT, or PET/MR: what lies under the PET is the MR then. */
  petct: {
    rows: 2,
    columns: 2,
    cells: [
      { area: at(0, 0), series: 'base', kind: 'plane', axis: 'axial', over: 'pet' },
      { area: at(0, 1), series: 'base', kind: 'stack' },
      { area: at(1, 0), series: 'pet', kind: 'stack' },
      { area: at(1, 1), series: 'pet', kind: 'mip', axis: 'coronal' },
    ],
  },
  /** RT review: three planes and the histograms; the structures are in the side panel. */
  rt: {
    rows: 2,
    columns: 2,
    cells: [
      { area: at(0, 0), series: 'planned', kind: 'best', axis: 'axial' },
      { area: at(0, 1), series: 'planned', kind: 'best', axis: 'coronal' },
      { area: at(1, 0), series: 'planned', kind: 'best', axis: 'sagittal' },
    ],
    dvh: at(1, 1),
  },
} as const satisfies Record<string, Layout>;

export type LayoutId = keyof typeof layouts;
export const isLayoutId = (value: string): value is LayoutId => Object.hasOwn(layouts, value);

/** A viewport's place: `v1`, `v2`… in the order of the cells. */
export type ViewportCell = Cell & { viewportId: string };

export function viewportCells(layout: LayoutId): ViewportCell[] {
  const cells: readonly Cell[] = layouts[layout].cells;
  return cells.map((cell, index) => ({ ...cell, viewportId: `v${index + 1}` }));
}

/** What an open case holds that layouts ask for. */
export type Held = { dose: boolean; prior: boolean; petPair: boolean };

/** Whether what a case holds fills a layout. */
export function canHang(layout: LayoutId, held: Held): boolean {
  const { dvh }: Layout = layouts[layout];
  if (dvh && !held.dose) return false;
  const isThere: Record<Selector, boolean> = {
    best: true,
    planned: true,
    base: held.petPair,
    pet: held.petPair,
    current: held.prior,
    prior: held.prior,
  };
  return viewportCells(layout).every(
    ({ series, over }) => isThere[series] && (over === undefined || isThere[over]),
  );
}
