import { createHash } from 'node:crypto';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import type { DerivedIdentity } from '@/lib/dicom/derived-object.ts';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { presentationState } from '@/lib/dicom/gsps.ts';
import { keyObjectSelection } from '@/lib/dicom/kos.ts';
import { AppError } from '@/lib/errors.ts';
import type { ViewportState, ViewState } from '@/lib/live/view-state.ts';
import { resolveStudy } from '@/lib/store/load-study.server.ts';
import { seriesInstances } from '@/lib/store/series-metadata.server.ts';
import { seriesOf } from '@/lib/store/study-contents.server.ts';
import { keyViewEntry, loadKeyView, readableCase, storedView } from './load-key-view.server.ts';
import type { GspsRefusal } from './schema.ts';
import { type ShownImage, shownImage } from './shown-image.ts';
import { imageRefusal, presentationRefusal, toPresentation } from './to-presentation.ts';

/** A DICOM file of a key view, with a name that tells nothing of the patient. */
export type ExportedKeyView = { bytes: Uint8Array; fileName: string };
type At = { caseId: string; id: string };
type Row = Awaited<ReturnType<typeof loadKeyView>>;
export type ExportKind = 'gsps' | 'kos' | 'secondary-capture';

/**
 * One viewport of a key view as a Grayscale Softcopy Presentation State. The same key view gives the same object.
 * Audited. Throws `not_found`, `key_view_not_expressible` with the reason, `key_view_image_missing`.
 * @param viewportId the active one when left out
 */
export async function exportPresentation(
  actor: AuthenticatedActor,
  at: At,
  options: { viewportId?: string; locale: string },
): Promise<ExportedKeyView> {
  return exported(actor, at, 'gsps', async (row, view) => {
    const wanted = options.viewportId ?? view.activeViewportId;
    const state = view.viewports.find((one) => one.viewportId === wanted) ?? view.viewports[0];
    if (!state || (options.viewportId && state.viewportId !== options.viewportId))
      throw new AppError('not_found');
    refuse(presentationRefusal(state), state.viewportId);
    const { shown, instances } = await imageOf(actor, at.caseId, state);
    refuse(imageRefusal(shown.header), state.viewportId);
    return presentationState(
      toPresentation({
        state,
        measurements: view.measurements,
        shown,
        instances,
        identity: identityOf(row, 'gsps', shown, state.viewportId),
        words: row,
        locale: options.locale,
      }),
    );
  });
}

/**
 * The images of all viewports of a key view as a Key Object Selection document; of a reformatted plane the nearest one.
 * Audited. Throws `not_found`, `key_view_image_missing`.
 */
export async function exportKeyObjects(actor: AuthenticatedActor, at: At): Promise<ExportedKeyView> {
  return exported(actor, at, 'kos', async (row, view) => {
    const images: ShownImage[] = [];
    for (const state of view.viewports.flatMap(statesOf))
      images.push((await imageOf(actor, at.caseId, state)).shown);
    const [first] = images;
    if (!first) throw new AppError('key_view_image_missing');
    return keyObjectSelection({
      image: first.header,
      identity: identityOf(row, 'kos', first),
      description: [row.title, row.note].filter(Boolean).join('\n'),
      references: unique(images.map(({ reference }) => reference)),
    });
  });
}

/** Loads a key view, makes the file, and writes who took it. */
export async function exported(
  actor: AuthenticatedActor,
  at: At,
  kind: ExportKind,
  make: (row: Row, view: ViewState) => Promise<Uint8Array>,
): Promise<ExportedKeyView> {
  const facts = await readableCase(db(), actor, at.caseId);
  const row = await loadKeyView(db(), at);
  const view = storedView(row);
  if (!view) throw new AppError('key_view_not_expressible', { params: { view: '', reason: 'unreadable' } });
  const bytes = await make(row, view);
  await withAudit(actor, async (_tx, audit) => {
    audit({ ...keyViewEntry('export', at, facts), details: { kind } });
  });
  return { bytes, fileName: `${kind}-${at.id.slice(-12)}.dcm` };
}

function refuse(reason: GspsRefusal | null, viewportId: string): void {
  if (reason)
    throw new AppError('key_view_not_expressible', { params: { view: viewportId.slice(1), reason } });
}

/** What a viewport shows, its own series first. An overlay of another space has no place told in this one. */
function statesOf(state: ViewportState): ViewportState[] {
  if (state.seriesUid === null) return [];
  const { fusion } = state;
  const overlay =
    fusion && fusion.registrationUid === null
      ? [{ ...state, kind: 'plane' as const, studyUid: fusion.studyUid, seriesUid: fusion.seriesUid }]
      : [];
  return [state, ...overlay];
}

/** The image of a viewport, and the headers of its series, of what is attached to the case now. */
export async function imageOf(
  actor: AuthenticatedActor,
  caseId: string,
  state: ViewportState,
): Promise<{ shown: ShownImage; instances: readonly JsonDataSet[] }> {
  const missing = new AppError('key_view_image_missing');
  if (state.studyUid === null) throw missing;
  const study = await resolveStudy(actor, { caseId }, state.studyUid).catch(() => Promise.reject(missing));
  const [series] = await seriesOf(study, state.seriesUid);
  const instances = series ? await seriesInstances(series.id) : [];
  const shown = shownImage(state, instances);
  if (!shown) throw missing;
  return { shown, instances };
}

const unique = (references: readonly ShownImage['reference'][]): ShownImage['reference'][] => [
  ...new Map(references.map((one) => [`${one.sopInstanceUid} ${one.frame}`, one])).values(),
];

/** Made from what is exported alone: a receiver knows the second copy again. A changed title is another object. */
export function identityOf(
  row: Row,
  kind: ExportKind,
  { reference }: ShownImage,
  viewportId = '',
): DerivedIdentity {
  const uid = (...names: (string | number)[]) =>
    `2.25.${BigInt(
      `0x${createHash('sha256')
        .update(`key view ${names.join(' ')}`)
        .digest('hex')
        .slice(0, 32)}`,
    )}`;
  return {
    seriesUid: uid('series', row.id, kind, reference.studyUid),
    sopInstanceUid: uid('object', row.id, row.version, kind, viewportId),
    seriesNumber: 9000,
    instanceNumber: Number(viewportId.slice(1)) || 1,
    seriesDescription: 'Key views',
    at: row.changedAt,
    author: row.author.displayName,
  };
}
