import type { Tx } from '@/lib/db/client.server.ts';
import { type Annotation, annotationEvents, applyAnnotation, noAnnotations } from '@/lib/live/annotations.ts';
import type { DecisionContext } from './schema.ts';

/** How much each author has drawn for everybody on the images of an agenda item, and was not taken away since. */
export async function drawnOn(
  tx: Tx,
  at: { sessionId: string; agendaItemId: string },
): Promise<NonNullable<DecisionContext['drawn']>> {
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
  const counts = new Map<string, number>();
  const here: readonly Annotation[] = all.ofItem[at.agendaItemId] ?? [];
  for (const { author } of here) counts.set(author.name, (counts.get(author.name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count }));
}
