import type { Measurement } from '@/lib/live/measurement-state.ts';
import { replaced } from '@/lib/measure/history.ts';
import type { Annotating } from '../contract.ts';

/** What lies over the shared view of somebody who does not present it: annotations, and drawings that are theirs alone. */
export class OwnDrawings {
  private room: Annotating | null = null;
  private own: readonly Measurement[] = [];
  /** What was sent as an annotation and is not answered yet; null: taken away. */
  private sent = new Map<string, Measurement | null>();
  private readonly mine = new Set<string>();

  constructor(private readonly changed: () => void) {}

  join(room: Annotating | null): void {
    this.room = room;
    this.changed();
  }

  /** Annotations first, as they stand here: what is on its way is shown as it was drawn. */
  all(): readonly Measurement[] {
    let drawn = (this.room?.list ?? []).map((one) => one.drawn);
    for (const [id, measurement] of this.sent) drawn = replaced(drawn, id, measurement);
    return [...drawn, ...this.own];
  }

  /** Whose it is: an annotation's author, or nobody else's business; null for what belongs to the shared view. */
  whose(id: string): { name: string; colour: string; by: 'room' | 'own'; mayChange: boolean } | null {
    const annotation = this.room?.list.find((one) => one.drawn.id === id);
    if (annotation)
      return { ...annotation, by: 'room', mayChange: annotation.mine && this.room?.draws !== 'own' };
    if (this.sent.get(id)) return { name: '', colour: '', by: 'room', mayChange: false };
    if (this.own.some((one) => one.id === id)) return { name: '', colour: '', by: 'own', mayChange: true };
    return null;
  }

  mayRemove(id: string): boolean {
    const annotation = this.room?.list.find((one) => one.drawn.id === id);
    return annotation ? annotation.mine || annotation.leads : !this.sent.has(id);
  }

  /** Takes what is one's own back, to be drawn for everybody; null where that is not so. */
  release(id: string): Measurement | null {
    const one = this.own.find((drawn) => drawn.id === id) ?? null;
    if (one) this.own = replaced(this.own, id, null);
    return one;
  }

  /** Whether what is drawn now is seen by others. */
  get isShown(): boolean {
    return this.room !== null && this.room.draws !== 'own';
  }

  /** Takes a change of one drawing that is not in the shared view; false when it belongs there. */
  take(id: string, now: Measurement | null): boolean {
    const known = this.whose(id);
    const { room } = this;
    if (
      room &&
      (known?.by === 'room' || this.mine.has(id) || (!known && now && room.draws === 'annotation'))
    ) {
      this.mine.add(id);
      this.send(room, id, now);
      return true;
    }
    if (known?.by !== 'own' && (!now || !room || room.draws === 'view')) return false;
    this.own = replaced(this.own, id, now);
    return true;
  }

  private send(room: Annotating, id: string, now: Measurement | null): void {
    this.sent.set(id, now);
    void (now ? room.put(now) : room.remove(id)).then(() => {
      if (this.sent.get(id) === now) this.sent.delete(id);
      this.changed();
    });
  }
}
