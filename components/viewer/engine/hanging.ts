import type { Mm3 } from '@/lib/dicom/image-plane.ts';
import type { Fusion, ViewportState } from '@/lib/live/view-state.ts';
import { normalOf } from '@/lib/planes/axes.ts';
import type { GeometryResult } from '@/lib/planes/volume.ts';
import type { Stack } from '../data/stack.ts';
import { type ViewportCell, viewportCells } from '../ohif/layouts.ts';
import type { Hanging, Hung } from '../ohif/services.ts';
import type { Pane, PaneChange } from './pane.ts';
import { axesOf, firstFusion, firstPlane, isStackBest } from './plane-states.ts';
import { sameViewport } from './same-view.ts';

/** What a viewport is to show as soon as it is there: a state, or a series as it opens. */
export type Assignment = {
  kind: ViewportState['kind'];
  stack: Stack | null;
  state: ViewportState | null;
  /** Put upon what it opens with. */
  look: PaneChange;
  /** Where it goes to, where its series reaches there. */
  point: { mm: Mm3; frame: string } | null;
};

/** How series were last looked at: another layout starts from there. */
export class Looks {
  private readonly looks = new Map<string, PaneChange>();
  private readonly fusions = new Map<string, Fusion>();

  keep(stack: Stack, { voi, invert, colours, fusion }: ViewportState): void {
    this.looks.set(stack.SeriesInstanceUID, { voi, invert, colours });
    if (fusion) this.fusions.set(fusion.seriesUid, fusion);
  }

  of(stack: Stack): PaneChange {
    return this.looks.get(stack.SeriesInstanceUID) ?? {};
  }

  fusionOf(over: Stack): Fusion {
    return this.fusions.get(over.SeriesInstanceUID) ?? firstFusion(over);
  }
}

/** A viewport that another layout takes the place of. */
export type Before = { stack: Stack | null; state: ViewportState | null };

/**
 * What hangs in a place of a layout. A series that is seen in the same way already stays as it is; else it opens with
 * its last window and colours, at the place of the patient that is looked at.
 */
function assign(
  cell: ViewportCell,
  hung: Hung | undefined,
  from: { geometryOf: (stack: Stack) => GeometryResult; looks: Looks; before: readonly Before[] },
  point: Assignment['point'],
): Assignment {
  if (!hung) return { kind: 'stack', stack: null, state: null, look: {}, point: null };
  const { stack, over } = hung;
  const geometry = from.geometryOf(stack);
  const kind = kindOf(cell, geometry);
  const fusion = over && kind === 'plane' ? from.looks.fusionOf(over) : null;
  const kept = from.before.find(
    ({ stack: theirs, state }) =>
      theirs === stack &&
      state?.kind === kind &&
      (kind === 'stack' || isAlong(state, geometry, cell)) &&
      (state.fusion?.seriesUid ?? null) === (fusion?.seriesUid ?? null),
  )?.state;
  const { colours, ...window } = from.looks.of(stack);
  // Acquired images are grey.
  const look = kind === 'stack' || !colours ? window : { ...window, colours };
  if (kept) return { kind, stack, state: { ...kept, viewportId: cell.viewportId, ...look }, look: {}, point };
  const first =
    kind === 'stack'
      ? null
      : firstPlane(cell.viewportId, stack, geometry, { kind, axis: cell.axis ?? 'axial' });
  return {
    ...{ kind, stack, point },
    state: first && { ...first, fusion },
    look,
  };
}

/** What hangs in each place of a layout, by what its viewports and the active one show now. */
export function assignAll(
  { layout, hung }: Hanging,
  from: { panes: readonly Pane[]; active: Pane | undefined } & Pick<
    Parameters<typeof assign>[2],
    'geometryOf' | 'looks'
  >,
): Map<string, Assignment> {
  const { panes, geometryOf, looks } = from;
  const before = panes.map((pane) => ({ stack: pane.stack, state: pane.state() }));
  const active = from.active?.state();
  // One series may be seen with several windows: what the reader works in counts.
  if (active && from.active?.stack) looks.keep(from.active.stack, active);
  const point =
    active?.focalMm && active.frameOfReferenceUid
      ? { mm: active.focalMm, frame: active.frameOfReferenceUid }
      : null;
  return new Map(
    viewportCells(layout).map((cell) => [
      cell.viewportId,
      assign(cell, hung.get(cell.viewportId), { geometryOf, looks, before }, point),
    ]),
  );
}

function kindOf({ kind, axis }: ViewportCell, geometry: GeometryResult): ViewportState['kind'] {
  if (kind !== 'best') return kind;
  return isStackBest(geometry, axis ?? 'axial') ? 'stack' : 'plane';
}

/** Whether a cut lies in the plane that the cell wants. */
const isAlong = (state: ViewportState, geometry: GeometryResult, cell: ViewportCell): boolean => {
  const wanted: ViewportState = {
    ...state,
    normal: [...normalOf(axesOf(geometry, cell.axis ?? 'axial'))],
  };
  return sameViewport(state, wanted);
};

/** A single viewport that shows nothing. */
export const nothingHung = (): Map<string, Assignment> =>
  new Map([['v1', { kind: 'stack', stack: null, state: null, look: {}, point: null }]]);

/** Puts an assignment into its viewport. */
export function put(pane: Pane, { stack, state, look, point }: Assignment): void {
  if (!stack) {
    pane.showNothing();
    return;
  }
  if (state) pane.show(stack, state);
  else pane.open(stack);
  if (Object.keys(look).length > 0) pane.change(look);
  if (point && pane.state()?.frameOfReferenceUid === point.frame) pane.goToPoint(point.mm);
}
