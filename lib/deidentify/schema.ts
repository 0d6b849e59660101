import { z } from 'zod';

/** The choices of PS3.15 E.3; all off is the Basic Profile with dates taken out. */
export const deidentifyOptionsSchema = z.object({
  /** Taken out, moved by a number of days of the patient's own, or left as they are. */
  dates: z.enum(['removed', 'shifted', 'kept']).default('shifted'),
  /** UIDs as they are. Otherwise each becomes another, always the same one. */
  keepUids: z.boolean().default(false),
  keepDevice: z.boolean().default(false),
  keepInstitution: z.boolean().default(false),
  /** Age, sex, size, weight: without the weight there is no SUV. */
  keepPatientCharacteristics: z.boolean().default(false),
  /** Private elements that PS3.15 E.3.10 knows to be safe. */
  keepSafePrivate: z.boolean().default(false),
  /** Descriptions and ROI names keep the words that the field knows; otherwise they go altogether. */
  cleanDescriptors: z.boolean().default(false),
  /** Reports keep codes, numbers and references; otherwise their content goes. */
  cleanStructuredContent: z.boolean().default(false),
  /** Presentation states keep their shapes without text; otherwise their graphics go. */
  cleanGraphics: z.boolean().default(false),
});

export type DeidentifyOptions = z.infer<typeof deidentifyOptionsSchema>;

/** Dates moved, the rest as the Basic Profile has it. */
export const defaultDeidentifyOptions: DeidentifyOptions = deidentifyOptionsSchema.parse({});

/**
 * What cannot be cleaned by changing elements, for a person to look at: letters in the pixels, or content that nobody
 * can read by rule.
 */
export const RISKS = [
  'burned_in',
  'burned_in_unknown',
  'overlay_in_pixels',
  'presentation_state',
  'embedded_document',
  'opaque_content',
] as const;
export type Risk = (typeof RISKS)[number];
