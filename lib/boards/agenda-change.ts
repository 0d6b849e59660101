import type { AgendaItemView } from './schema.ts';

/** A change of the agenda that the page shows before the server has confirmed it. */
export type AgendaChange =
  | { type: 'order'; itemIds: readonly string[] }
  | { type: 'minutes'; itemId: string; plannedMinutes: number }
  | { type: 'remove'; itemId: string }
  | { type: 'restore'; item: AgendaItemView; index: number };

/** The agenda after a change. Items that the change does not know keep their place at the end. */
export function applyChange(agenda: readonly AgendaItemView[], change: AgendaChange): AgendaItemView[] {
  switch (change.type) {
    case 'order': {
      const rank = new Map(change.itemIds.map((id, index) => [id, index]));
      const rankOf = (item: AgendaItemView) => rank.get(item.id) ?? change.itemIds.length;
      return [...agenda].sort((a, b) => rankOf(a) - rankOf(b));
    }
    case 'minutes':
      return agenda.map((item) =>
        item.id === change.itemId ? { ...item, plannedMinutes: change.plannedMinutes } : item,
      );
    case 'remove':
      return agenda.filter((item) => item.id !== change.itemId);
    case 'restore': {
      const others = agenda.filter((item) => item.id !== change.item.id);
      return [...others.slice(0, change.index), change.item, ...others.slice(change.index)];
    }
  }
}

/** The ids with one moved to another place; `to` is its index among the others, kept within the list. */
export function moveTo(ids: readonly string[], id: string, to: number): string[] {
  const others = ids.filter((one) => one !== id);
  const at = Math.min(Math.max(to, 0), others.length);
  return [...others.slice(0, at), id, ...others.slice(at)];
}

/** When each item starts if every one before it takes its planned minutes, and when the last one ends. */
export function runningTimes(
  startsAt: string,
  agenda: readonly { plannedMinutes: number }[],
): { starts: Date[]; end: Date; minutes: number } {
  const begin = new Date(startsAt).getTime();
  let minutes = 0;
  const starts = agenda.map((item) => {
    const at = new Date(begin + minutes * 60_000);
    minutes += item.plannedMinutes;
    return at;
  });
  return { starts, end: new Date(begin + minutes * 60_000), minutes };
}
