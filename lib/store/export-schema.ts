import { z } from 'zod';
import type { DeidentifyOptions, Risk } from '@/lib/deidentify/schema.ts';
import { uuidPattern } from '@/lib/http/uuid.ts';

const KEEP = ['uids', 'device', 'institution', 'patient', 'private'] as const;
const CLEAN = ['descriptors', 'content', 'graphics'] as const;
const listOf = (words: readonly string[]) =>
  z
    .string()
    .regex(new RegExp(`^((${words.join('|')})(,(${words.join('|')}))*)?$`))
    .default('');

/** How studies leave; as a query, so that a browser downloads the zip by itself, of any size. */
export const exportQuerySchema = z.object({
  form: z.enum(['deidentified', 'as-stored']).default('deidentified'),
  dates: z.enum(['removed', 'shifted', 'kept']).default('shifted'),
  /** Comma-separated: what the Basic Profile takes out and is to stay. */
  keep: listOf(KEEP),
  /** Comma-separated: what is to be cleaned instead of taken out. */
  clean: listOf(CLEAN),
  /** What happens with objects whose contents cannot be cleaned by rule. */
  risks: z.enum(['refuse', 'leave-out', 'include']).default('refuse'),
  /** Comma-separated ids of further studies. */
  also: z
    .string()
    .regex(new RegExp(`^(${uuidPattern}(,${uuidPattern}){0,99})?$`, 'i'))
    .default(''),
});
export type ExportQuery = z.infer<typeof exportQuerySchema>;
export type KeepChoice = (typeof KEEP)[number];
export type CleanChoice = (typeof CLEAN)[number];

export function deidentifyOptionsOf({ dates, keep, clean }: ExportQuery): DeidentifyOptions {
  const kept = keep.split(',');
  const cleaned = clean.split(',');
  return {
    dates,
    keepUids: kept.includes('uids'),
    keepDevice: kept.includes('device'),
    keepInstitution: kept.includes('institution'),
    keepPatientCharacteristics: kept.includes('patient'),
    keepSafePrivate: kept.includes('private'),
    cleanDescriptors: cleaned.includes('descriptors'),
    cleanStructuredContent: cleaned.includes('content'),
    cleanGraphics: cleaned.includes('graphics'),
  };
}

/** `unreadable`: the object cannot be written anew, and never goes along. */
export type ExportRisk = Risk | 'unreadable';

/** What an export would be. */
export type ExportPreview = {
  objects: number;
  /** Of the zip, in bytes. */
  size: number;
  /** Objects that somebody should look at, by series and reason. */
  risks: { series: string; modality: string; risk: ExportRisk; objects: number }[];
};
