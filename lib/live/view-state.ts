import { z } from 'zod';
import { measurementSchema } from './measurement-state.ts';

/**
 * What a viewer shows, as one plain serialisable value. It is what the presenter sends, what a follower applies and
 * what is kept for late joiners. Positions are millimetres in the patient coordinate system (DICOM PS3.3 C.7.6.2.1.1:
 * x to the left, y to the back, z to the head) of the named Frame of Reference; never an image index, never a pixel.
 */

const uid = z.string().regex(/^[0-9.]{1,64}$/);
const finite = z.number().finite();
const vec3 = z.tuple([finite, finite, finite]);

export const colourTables = ['grey', 'inverse', 'hot_iron', 'pet', 'rainbow'] as const;
/** Body weight, lean body mass (James; Janmahasatian), body surface area: as lib/rt/suv-kinds has them. */
export const suvNormalisations = ['bw', 'lbm', 'lbm_janma', 'bsa'] as const;
const voi = z.object({ center: finite, width: finite.positive() });

/** Another series of the same patient's space, laid over the viewport's own. */
export const fusionSchema = z.object({
  studyUid: uid,
  seriesUid: uid,
  /** 0 shows the viewport's own series alone, 1 the overlay alone. */
  blend: z.number().min(0).max(1),
  /** In the overlay's own unit: SUV (body weight) or else Bq/ml for PET, what its rescaling gives for CT (HU) and MR. */
  voi,
  colours: z.enum(colourTables),
  /** Below this value, in the same unit, nothing of the overlay is drawn. */
  above: finite.nullable(),
  /** SOP Instance UID of the Spatial Registration that brings the two frames of reference together; null: one frame. */
  registrationUid: uid.nullable(),
});

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
  /** Unit normal of the shown plane: right x down on the screen, away from the viewer's eye. */
  normal: vec3.nullable(),
  /** What rescaling gives for CT (HU) and MR, SUV (body weight) or else Bq/ml for PET. */
  voi: voi.nullable(),
  /**
   * Greys turned round against what the image itself asks for: false shows MONOCHROME2 with its high values white, and
   * MONOCHROME1 (PS3.3 C.7.6.3.1.2) or a Presentation LUT Shape of INVERSE with its high values black. Other colour
   * tables go by value alone; with them, true takes them from their other end.
   */
  invert: z.boolean(),
  /** 1 = the whole image just fits the window; 2 = twice as large. */
  zoom: finite.positive().max(1000),
  /**
   * Width over height of the window that `zoom` is told of: in a window of another shape all is shown that this one
   * holds, and more. Left out where nobody said it: then each one's own window is meant.
   */
  aspect: finite.positive().max(1000).optional(),
  /** Quarter turns clockwise and mirror, as presented. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]).default(0),
  flipHorizontal: z.boolean().default(false),
  /**
   * `stack`: the series' images as acquired. `plane`: a cut through its volume, along `normal` through `focalMm`.
   * `mip`: maximum intensity projection of the whole volume along `normal`.
   */
  kind: z.enum(['stack', 'plane', 'mip']).default('stack'),
  /** Unit vector that points up on the screen, for `plane` and `mip`; null for `stack`. */
  up: vec3.nullable().default(null),
  colours: z.enum(colourTables).default('grey'),
  fusion: fusionSchema.nullable().default(null),
});

export const roiStateSchema = z.object({
  /** SOP Instance UID of the structure set that the ROI numbers belong to. */
  structureSetUid: uid,
  /** Visible ROI numbers, ascending. */
  visible: z.array(z.number().int().nonnegative()).max(2000),
  /** Fill opacity 0..1 per ROI number, where it differs from the default. */
  opacity: z.record(z.string().regex(/^\d+$/), z.number().min(0).max(1)),
});

export const isodoseLevelSchema = z.object({
  /** In `unit` of the dose state. */
  value: finite.positive(),
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  visible: z.boolean(),
});

export const doseStateSchema = z.object({
  /** SOP Instance UIDs of the RTDOSE objects that are shown; several are summed, and that is said. */
  doseUids: z.array(uid).min(1).max(20),
  mode: z.enum(['lines', 'wash', 'both']),
  /** Whether levels are Gy or percent of `referenceGy`. */
  unit: z.enum(['Gy', 'percent']),
  /** The prescription that 100 % stands for. */
  referenceGy: finite.positive().nullable(),
  levels: z.array(isodoseLevelSchema).max(20),
  /** How much the colour wash covers. */
  opacity: z.number().min(0).max(1),
});

/** Two structure sets (or segmentations) held against each other. */
export const comparisonSchema = z.object({
  /** SOP Instance UID of what the other one is judged by. */
  referenceUid: uid,
  comparedUid: uid,
  /** ROI numbers, the reference's first, as somebody paired them; null: paired by name, else by number. */
  pairs: z
    .array(z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]))
    .max(2000)
    .nullable(),
  /** Surfaces this close agree (surface Dice), in mm. */
  tauMm: z.number().positive().max(100),
});

const comparedDoseSchema = z.object({
  /** SOP Instance UIDs of the RTDOSE objects; several are summed. */
  doseUids: z.array(uid).min(1).max(20),
  /** The prescription that 100 % of this one stands for. */
  referenceGy: finite.positive().nullable(),
});

/** Two doses (plans, sums of beams) of one patient held against each other. */
export const doseComparisonSchema = z.object({
  a: comparedDoseSchema,
  b: comparedDoseSchema,
  /** Isodoses of both (at the levels of the dose state), the difference A − B as colours, or both. */
  show: z.enum(['lines', 'difference', 'both']),
  /** Gy of difference, either way, at which its colours are full. */
  spanGy: finite.positive().max(1000),
});

const share = z.number().min(0).max(1);
/** A document or report that is read beside the images. */
export const documentStateSchema = z.object({
  studyUid: uid,
  seriesUid: uid,
  sopInstanceUid: uid,
  /** Counted from 1: the page of a document; of a report, which has none, the item that stands first. */
  page: z.number().int().positive().max(100_000),
  /**
   * What of the page is read: left, top, right and bottom as shares of its width and height, all of it in every
   * window, as large as it fits there; null: the whole page.
   */
  area: z
    .tuple([share, share, share, share])
    .refine(([left, top, right, bottom]) => left < right && top < bottom)
    .nullable(),
});

/** How the dose-volume histograms are shown, wherever they are. */
export const dvhStateSchema = z.object({
  /** Under the viewports, in layouts that have no place for them. */
  open: z.boolean(),
  kind: z.enum(['cumulative', 'differential']),
  dose: z.enum(['Gy', 'percent']),
  volume: z.enum(['percent', 'cc']),
  /** The isodose that conformity is asked of; null: 95 % of the prescription. */
  conformityGy: finite.positive().nullable(),
});

/** As they are first shown. */
export const firstDvh: z.infer<typeof dvhStateSchema> = {
  open: false,
  kind: 'cumulative',
  dose: 'Gy',
  volume: 'percent',
  conformityGy: null,
};

export const viewStateSchema = z.object({
  /** Name of the layout (a hanging protocol's stage), e.g. `single`, `ct-pt`. */
  layout: z.string().min(1).max(60),
  activeViewportId: z.string().max(40).nullable(),
  viewports: z.array(viewportStateSchema).max(16),
  /** Structure sets and segmentations (then ROI numbers are segment numbers). */
  structureSets: z.array(roiStateSchema).max(50),
  /** Null says nothing of it: whoever reads a dose shows it as it is shown first. Switched off it has no levels. */
  dose: doseStateSchema.nullable().default(null),
  /** Whether the beams of the plan are drawn on the planes: its SOP Instance UID. */
  beamsOf: uid.nullable().default(null),
  /** The dose in Gy that the DVH's cursor stands on. */
  dvhCursorGy: finite.nonnegative().nullable().default(null),
  dvh: dvhStateSchema.default(firstDvh),
  measurements: z.array(measurementSchema).max(100).default([]),
  /** What the SUVs of figures are normalised by, where the header allows it; windows stay by body weight. */
  suvBy: z.enum(suvNormalisations).default('bw'),
  /** The case's key view that this is, as it was opened; null once anything of it was changed. */
  keyViewId: z.uuid().nullable().default(null),
  /** What is read beside the images. */
  document: documentStateSchema.nullable().default(null),
  comparison: comparisonSchema.nullable().default(null),
  /** While there is one, it stands in the place of `dose` on the images; the levels of `dose` are drawn of both. */
  doseComparison: doseComparisonSchema.nullable().default(null),
});

/** What a viewport state holds beyond a plain stack, as it is when there is nothing of it. */
export const plainStack = { kind: 'stack', up: null, colours: 'grey', fusion: null } as const;
/** What a view holds beyond images and contours, as it is when there is nothing of it. */
export const plainView = {
  dose: null,
  beamsOf: null,
  dvhCursorGy: null,
  dvh: firstDvh,
  measurements: [],
  suvBy: 'bw',
  keyViewId: null,
  document: null,
  comparison: null,
  doseComparison: null,
} satisfies Partial<ViewState>;

export type Vec3 = z.infer<typeof vec3>;
export type ViewportState = z.infer<typeof viewportStateSchema>;
export type RoiState = z.infer<typeof roiStateSchema>;
export type Fusion = z.infer<typeof fusionSchema>;
export type ColourTable = (typeof colourTables)[number];
export type DoseState = z.infer<typeof doseStateSchema>;
export type Comparison = z.infer<typeof comparisonSchema>;
export type DoseComparison = z.infer<typeof doseComparisonSchema>;
export type DocumentState = z.infer<typeof documentStateSchema>;
export type DvhState = z.infer<typeof dvhStateSchema>;
export type IsodoseLevel = z.infer<typeof isodoseLevelSchema>;
export type ViewState = z.infer<typeof viewStateSchema>;
