import { z } from 'zod';

/**
 * What a viewer shows, as one plain serialisable value. It is what the presenter sends, what a follower applies and
 * what is kept for late joiners. Positions are millimetres in the patient coordinate system (DICOM PS3.3 C.7.6.2.1.1:
 * x to the left, y to the back, z to the head) of the named Frame of Reference; never an image index, never a pixel.
 */

const uid = z.string().regex(/^[0-9.]{1,64}$/);
const finite = z.number().finite();
const vec3 = z.tuple([finite, finite, finite]);

export const viewportStateSchema = z.object({
  /** Place in the layout, e.g. `v1`. Stable for one layout. */
  viewportId: z.string().min(1).max(40),
  studyUid: uid.nullable(),
  seriesUid: uid.nullable(),
  frameOfReferenceUid: uid.nullable(),
  /** Centre of the view, on the plane of the shown image, in patient mm: position and pan in one. */
  focalMm: vec3.nullable(),
  /**
   * The shown image, only where its position does not tell it: it has none, or shares it with others. Everything else
   * is found by `focalMm`.
   */
  sopInstanceUid: uid.nullable().default(null),
  /** Its frame, counted from 1, where `sopInstanceUid` is given. */
  frame: z.number().int().positive().optional(),
  /** Unit normal of the shown plane, pointing from the image to the viewer's eye. */
  normal: vec3.nullable(),
  /** HU for CT, stored units for MR, SUV (body weight) or Bq/ml for PET. */
  voi: z.object({ center: finite, width: finite.positive() }).nullable(),
  invert: z.boolean(),
  /** 1 = the whole image just fits the window; 2 = twice as large. At each one's own window size. */
  zoom: finite.positive().max(1000),
  /** Quarter turns clockwise and mirror, as presented. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]).default(0),
  flipHorizontal: z.boolean().default(false),
});

export const roiStateSchema = z.object({
  /** SOP Instance UID of the structure set that the ROI numbers belong to. */
  structureSetUid: uid,
  /** Visible ROI numbers, ascending. */
  visible: z.array(z.number().int().nonnegative()).max(2000),
  /** Fill opacity 0..1 per ROI number, where it differs from the default. */
  opacity: z.record(z.string().regex(/^\d+$/), z.number().min(0).max(1)),
});

export const viewStateSchema = z.object({
  /** Name of the layout (a hanging protocol's stage), e.g. `single`, `ct-pt`. */
  layout: z.string().min(1).max(60),
  activeViewportId: z.string().max(40).nullable(),
  viewports: z.array(viewportStateSchema).max(16),
  structureSets: z.array(roiStateSchema).max(20),
});

export type Vec3 = z.infer<typeof vec3>;
export type ViewportState = z.infer<typeof viewportStateSchema>;
export type RoiState = z.infer<typeof roiStateSchema>;
export type ViewState = z.infer<typeof viewStateSchema>;
