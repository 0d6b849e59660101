import type { Tx } from '@/lib/db/client.server.ts';
import { type Annotation, annotationEvents, applyAnnotation, noAnnotations } from '@/lib/live/annotations.ts';
import type { DecisionContext } from './schema.ts';

type Place = { sessionId: string; agendaItemId: string };

/** What stands drawn for everybody on the images of an agenda item, by the room's events. */
export async function annotationsOn(tx: Tx, at: Place): Promise<readonly Annotation[]> {
  const rows = await tx.roomEvent.findMany({
    where: { sessionId: at.sessionId, type: { in: [...annotationEvents] } },
    orderBy: { seq: 'asc' },
    select: { type: true, payload: true, personId: true },
  });
  const all = rows.reduce(
    (drawn, { type, payload, personId }) =>
      applyAnnotation(drawn, {
        ...(payload as Partial<Parameters<typeof applyAnnotation>[1]>),
        type,
        by: personId,
      }),
    noAnnotations,
  );
  return all.ofItem[at.agendaItemId] ?? [];
}

/** How much each author has drawn for everybody on the images of an agenda item, and was not taken away since. */
export async function drawnOn(tx: Tx, at: Place): Promise<NonNullable<DecisionContext['drawn']>> {
  const counts = new Map<string, number>();
  for (const { author } of await annotationsOn(tx, at))
    counts.set(author.name, (counts.get(author.name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count }));
}
