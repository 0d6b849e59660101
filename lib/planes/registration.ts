import { mapped, type Rigid, turned } from '../dicom/rigid.ts';
import type { ViewPlane } from './view-plane.ts';

/** The same plane of the same screen as another frame of reference has it. */
export const viewMapped = (view: ViewPlane, transform: Rigid, frameOfReferenceUid: string): ViewPlane => ({
  ...view,
  frameOfReferenceUid,
  centre: mapped(transform, view.centre),
  right: turned(transform, view.right),
  down: turned(transform, view.down),
});
