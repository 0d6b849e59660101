import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { type JsonDataSet, numberValue } from '@/lib/dicom/display-json.ts';
import { isAppError } from '@/lib/errors.ts';
import type { ViewportState, ViewState } from '@/lib/live/view-state.ts';
import { imageOf } from './load-image.server.ts';
import { keyViewEntry, loadKeyView, readableCase, storedView } from './load-key-view.server.ts';
import type { KeyViewPicture, LeftOut } from './schema.ts';
import type { ShownImage } from './shown-image.ts';
import { rescaled } from './to-presentation.ts';

type At = { caseId: string; id: string };
/** The narrowest window that the rendered door draws. */
const LEAST_WIDTH = 1;

/**
 * Where a picture of each viewport's image is, with its window, and what the picture lacks. The pictures themselves come
 * from the DICOMweb door, which looks at the rights again. None of a view that cannot be read. Throws `not_found`. Audited.
 */
export async function keyViewPictures(actor: AuthenticatedActor, at: At): Promise<KeyViewPicture[]> {
  const facts = await readableCase(db(), actor, at.caseId);
  const row = await loadKeyView(db(), at);
  const view = storedView(row);
  const shown = view?.viewports.filter(({ seriesUid }) => seriesUid !== null) ?? [];
  const pictures: KeyViewPicture[] = [];
  for (const state of shown) if (view) pictures.push(await pictureOf(actor, at.caseId, view, state));
  await withAudit(actor, async (_tx, audit) => {
    audit(keyViewEntry('read', at, facts));
  });
  return pictures;
}

async function pictureOf(
  actor: AuthenticatedActor,
  caseId: string,
  view: ViewState,
  state: ViewportState,
): Promise<KeyViewPicture> {
  const picture: KeyViewPicture = {
    viewportId: state.viewportId,
    url: null,
    why: null,
    nearest: state.kind === 'plane',
    invert: state.invert !== (state.colours === 'inverse'),
    aspect: 1,
    leftOut: leftOut(view, state),
  };
  // No single image is what a projection shows.
  if (state.kind === 'mip') return { ...picture, why: 'projection' };
  try {
    const { shown, instances } = await imageOf(actor, caseId, state);
    return { ...picture, url: urlOf(caseId, state, shown, instances), aspect: aspectOf(shown) };
  } catch (error) {
    if (isAppError(error) && error.code === 'key_view_image_missing') return { ...picture, why: 'missing' };
    throw error;
  }
}

function urlOf(
  caseId: string,
  { voi }: ViewportState,
  { reference, frame }: ShownImage,
  instances: readonly JsonDataSet[],
): string {
  const { studyUid, seriesUid, sopInstanceUid } = reference;
  const image = `/dicomweb/cases/${caseId}/studies/${studyUid}/series/${seriesUid}/instances/${sopInstanceUid}`;
  const window = voi && rescaled(voi, instances);
  const query =
    window && window.width >= LEAST_WIDTH ? `?window=${window.center},${window.width},linear-exact` : '';
  return `${image}/frames/${frame}/rendered${query}`;
}

/** Pixels need not be square. */
function aspectOf({ header, plane }: ShownImage): number {
  const columns = numberValue(header, '00280011') ?? 1;
  const rows = numberValue(header, '00280010') ?? 1;
  return plane ? (columns * plane.columnSpacing) / (rows * plane.rowSpacing) : columns / rows;
}

function leftOut(view: ViewState, state: ViewportState): LeftOut[] {
  const moved = state.zoom !== 1 || state.rotation !== 0 || state.flipHorizontal;
  const grey = state.colours === 'grey' || state.colours === 'inverse';
  const parts: [LeftOut, boolean][] = [
    ['fusion', state.fusion !== null],
    ['contours', view.structureSets.some(({ visible }) => visible.length > 0)],
    ['dose', view.dose !== null],
    ['measurements', view.measurements.length > 0],
    ['part', moved],
    ['colours', !grey],
  ];
  return parts.flatMap(([name, is]) => (is ? [name] : []));
}
