import { createHash } from 'node:crypto';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import type { DerivedIdentity } from '@/lib/dicom/derived-object.ts';
import { presentationState } from '@/lib/dicom/gsps.ts';
import { keyObjectSelection } from '@/lib/dicom/kos.ts';
import { AppError } from '@/lib/errors.ts';
import type { ViewState } from '@/lib/live/view-state.ts';
import { imageOf, overlayImage } from './load-image.server.ts';
import { keyViewEntry, loadKeyView, readableCase, storedView } from './load-key-view.server.ts';
import type { GspsRefusal } from './schema.ts';
import type { ShownImage } from './shown-image.ts';
import { imageRefusal, presentationRefusal, toPresentation } from './to-presentation.ts';

/** A DICOM file of a key view, with a name that tells nothing of the patient. */
export type ExportedKeyView = { bytes: Uint8Array; fileName: string };
type At = { caseId: string; id: string };
type Row = Awaited<ReturnType<typeof loadKeyView>>;
/** How key views are written: raised when the same one gives other bytes than before, so that no UID has two contents. */
const WRITTEN = 2;
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
 * Of a fusion those of both series, if anything brings the two together.
 * Audited. Throws `not_found`, `key_view_image_missing`.
 */
export async function exportKeyObjects(actor: AuthenticatedActor, at: At): Promise<ExportedKeyView> {
  return exported(actor, at, 'kos', async (row, view) => {
    const images: ShownImage[] = [];
    for (const state of view.viewports.filter(({ seriesUid }) => seriesUid !== null)) {
      images.push((await imageOf(actor, at.caseId, state)).shown);
      const overlay = await overlayImage(actor, at.caseId, state);
      if (overlay) images.push(overlay);
    }
    const [first] = images;
    if (!first) throw new AppError('key_view_image_missing');
    const references = unique(images.map(({ reference }) => reference));
    // What lies over an image is found by the case's registrations, which come and go: another list is another object.
    const listed = references.map(({ sopInstanceUid, frame }) => `${sopInstanceUid} ${frame}`).join(' ');
    return keyObjectSelection({
      image: first.header,
      identity: identityOf(row, 'kos', first, '', listed),
      description: [row.title, row.note].filter(Boolean).join('\n'),
      references,
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

const unique = (references: readonly ShownImage['reference'][]): ShownImage['reference'][] => [
  ...new Map(references.map((one) => [`${one.sopInstanceUid} ${one.frame}`, one])).values(),
];

/**
 * Made from what is exported alone: a receiver knows the second copy again. A changed title is another object.
 * @param listed what the object names beside the view itself, where that can change
 */
export function identityOf(
  row: Row,
  kind: ExportKind,
  { reference }: ShownImage,
  viewportId = '',
  listed = '',
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
    sopInstanceUid: uid('object', WRITTEN, row.id, row.version, kind, viewportId, listed),
    seriesNumber: 9000,
    instanceNumber: Number(viewportId.slice(1)) || 1,
    seriesDescription: 'Key views',
    at: row.changedAt,
    author: row.author.displayName,
  };
}
