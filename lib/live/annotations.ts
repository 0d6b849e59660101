import { z } from 'zod';
import { type Measurement, measurementSchema } from './measurement-state.ts';

/** What the others call who drew something, as it was when they drew: they may have left since. */
export type Author = { name: string; colour: string };
export type Annotation = { by: string; author: Author; drawn: Measurement };
/** One as it was stored. */
export const annotationSchema: z.ZodType<Annotation> = z.object({
  by: z.string(),
  author: z.object({ name: z.string(), colour: z.string() }),
  drawn: measurementSchema,
});

/** What of an event matters here. */
type Told = {
  type: string;
  by: string;
  personId?: string;
  itemId?: string;
  annotationId?: string;
  annotation?: { author: Author; drawn: Measurement };
};

/** Who may draw for everybody, besides those who lead, and what was drawn on each case. */
export type Annotations = {
  everyone: boolean;
  persons: readonly string[];
  ofItem: Readonly<Record<string, readonly Annotation[]>>;
};

export const noAnnotations: Annotations = { everyone: false, persons: [], ofItem: {} };
/** A case holds so many; what is drawn in the shared view is counted for itself. */
export const MOST_ANNOTATIONS = 100;

export const annotationEvents = [
  'annotation.allow',
  'annotation.stop',
  'annotation.put',
  'annotation.remove',
] as const;

/** What an event changes of it. The right ends with the case; what was drawn stays with it. */
export function applyAnnotation(annotations: Annotations, event: Told): Annotations {
  const { everyone, persons, ofItem } = annotations;
  const { personId, itemId, annotation, annotationId } = event;
  switch (event.type) {
    case 'item.open':
      return { everyone: false, persons: [], ofItem };
    case 'annotation.allow':
      return personId === undefined
        ? { everyone: true, persons, ofItem }
        : { everyone, persons: [...persons.filter((one) => one !== personId), personId], ofItem };
    case 'annotation.stop':
      return personId === undefined
        ? { everyone: false, persons: [], ofItem }
        : { everyone, persons: persons.filter((one) => one !== personId), ofItem };
    case 'observer.mark':
      return { everyone, persons: persons.filter((one) => one !== personId), ofItem };
  }
  if (itemId === undefined) return annotations;
  const known = ofItem[itemId] ?? [];
  if (event.type === 'annotation.remove') {
    const left = known.filter(({ drawn }) => drawn.id !== annotationId);
    return { everyone, persons, ofItem: { ...ofItem, [itemId]: left } };
  }
  if (event.type !== 'annotation.put' || !annotation) return annotations;
  const { author, drawn } = annotation;
  const put = { by: event.by, author, drawn };
  const all = known.some((one) => one.drawn.id === drawn.id)
    ? known.map((one) => (one.drawn.id === drawn.id ? put : one))
    : [...known, put];
  return { everyone, persons, ofItem: { ...ofItem, [itemId]: all } };
}

/** An event without what was drawn: a snapshot holds that already, and it may be long. */
export function withoutDrawing<E extends { annotation?: unknown }>(event: E): Omit<E, 'annotation'> {
  const { annotation: _, ...rest } = event;
  return rest;
}
