import type { ClinicalDocument } from '@/lib/dicom/clinical-documents.ts';
import type { DocumentState } from '@/lib/live/view-state.ts';
import type { Stage } from './stage.ts';

/** Opens a document at its beginning beside the images, for everybody who follows. */
export function openDocument(stage: Stage, { studyUid, seriesUid, sopInstanceUid }: ClinicalDocument): void {
  stage.setExtras({ document: { studyUid, seriesUid, sopInstanceUid, page: 1, area: null } });
}

export const closeDocument = (stage: Stage): void => stage.setExtras({ document: null });

/** Closes what is open, or opens the first. */
export function toggleDocument(stage: Stage): boolean {
  const { document, documents } = stage.store.get();
  const [first] = documents;
  if (document) closeDocument(stage);
  else if (first) openDocument(stage, first);
  return document !== null || first !== undefined;
}

/** Reads another place of the open document. */
export function readOn(stage: Stage, place: Pick<DocumentState, 'page' | 'area'>): void {
  const { document } = stage.store.get();
  if (document) stage.setExtras({ document: { ...document, ...place } });
}
