import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { imagePlane } from '@/lib/dicom/image-plane.ts';
import { mapped } from '@/lib/dicom/rigid.ts';
import { AppError } from '@/lib/errors.ts';
import type { ViewportState } from '@/lib/live/view-state.ts';
import { framePath } from '@/lib/planes/frame-paths.ts';
import { readCaseRegistrations } from '@/lib/store/case-registrations.server.ts';
import { resolveStudy } from '@/lib/store/load-study.server.ts';
import { seriesInstances } from '@/lib/store/series-metadata.server.ts';
import { seriesOf } from '@/lib/store/study-contents.server.ts';
import { type ShownImage, shownImage } from './shown-image.ts';

const missing = () => new AppError('key_view_image_missing');

/**
 * The image of a viewport, and the headers of its series, of what is attached to the case now. Throws
 * `key_view_image_missing`.
 */
export async function imageOf(
  actor: AuthenticatedActor,
  caseId: string,
  state: ViewportState,
): Promise<{ shown: ShownImage; instances: readonly JsonDataSet[] }> {
  const instances = await headersOf(actor, caseId, state);
  const shown = shownImage(state, instances);
  if (!shown) throw missing();
  return { shown, instances };
}

/**
 * The image of the series over a viewport's own that lies nearest to the middle of the view: where the two are in one
 * frame of reference or, as in the viewer, what registrations of the case lead from the one to the other. Null without
 * fusion, and where nothing brings the two together: then the viewer shows nothing of it. Throws
 * `key_view_image_missing` when the series is not attached any more.
 */
export async function overlayImage(
  actor: AuthenticatedActor,
  caseId: string,
  { fusion, focalMm, frameOfReferenceUid }: ViewportState,
): Promise<ShownImage | null> {
  if (!fusion) return null;
  const instances = await headersOf(actor, caseId, fusion);
  const frame = instances.map((header) => imagePlane(header)?.frameOfReferenceUid).find(Boolean) ?? null;
  // A view's null is "whatever leads there": one frame of reference, or a registration that nobody had to choose.
  const isOne = frame === frameOfReferenceUid;
  const registrations = isOne ? [] : await readCaseRegistrations(caseId);
  const path = framePath(registrations, frameOfReferenceUid, frame, fusion.registrationUid);
  if (!path.found || !focalMm) return null;
  return shownImage(
    {
      kind: 'plane',
      focalMm: [...mapped(path.transform, focalMm)],
      normal: null,
      frameOfReferenceUid: frame,
      sopInstanceUid: null,
    },
    instances,
  );
}

async function headersOf(
  actor: AuthenticatedActor,
  caseId: string,
  { studyUid, seriesUid }: Pick<ViewportState, 'studyUid' | 'seriesUid'>,
): Promise<readonly JsonDataSet[]> {
  if (studyUid === null || seriesUid === null) throw missing();
  const study = await resolveStudy(actor, { caseId }, studyUid).catch(() => Promise.reject(missing()));
  const [series] = await seriesOf(study, seriesUid);
  if (!series) throw missing();
  return seriesInstances(series.id);
}
