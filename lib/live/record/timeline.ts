import { type Annotation, type Annotations, applyAnnotation, noAnnotations } from '../annotations.ts';
import type { Pointer, RoomEvent, SharedView } from '../protocol.ts';
import { type RecordEntry, readBlock } from './block.ts';
import type { DecisionMoment, RecordSpan, SessionRecord } from './schema.ts';

/** A case's turn, in ms of the record. */
export type Segment = { itemId: string; from: number; until: number };
/** Time that was not recorded: where in the record, and between which times. */
export type Gap = { at: number; from: number; until: number };
export type Shown = {
  itemId: string | null;
  view: SharedView | null;
  pointers: ReadonlyMap<string, NonNullable<Pointer>>;
  /** What was drawn on the case for everybody, beside the view. */
  annotations: readonly Annotation[];
};

const NONE: readonly Annotation[] = [];

/** A pointer that has not moved for so long is not shown any more. */
const POINTED_MS = 10_000;

/**
 * A record as a line of what was recorded, gaps left out: positions are ms from its beginning. What is shown at one is
 * what a follower saw then.
 */
export class Timeline {
  readonly lengthMs: number;
  readonly segments: Segment[] = [];
  readonly gaps: Gap[] = [];
  readonly events: { at: number; event: RoomEvent }[];
  /** What was decided while the session was recorded or in its gaps; what came before and after is no part of it. */
  readonly decisions: { at: number; moment: DecisionMoment }[];
  private readonly views: { at: number; view: SharedView }[] = [];
  private readonly drawn: { at: number; annotations: Annotations }[] = [];
  private readonly pointers: { at: number; personId: string; pointer: Pointer }[] = [];

  constructor(private readonly record: Pick<SessionRecord, 'spans' | 'blocks' | 'events' | 'decisions'>) {
    const { spans } = record;
    this.lengthMs = spans.reduce((sum, { from, until }) => sum + until - from, 0);
    spans.slice(1).forEach((span, index) => {
      const before = spans[index] as RecordSpan;
      this.gaps.push({ at: this.position(span.from), from: before.until, until: span.from });
    });
    for (const entry of record.blocks.flatMap(readBlock)) this.take(entry);
    this.events = record.events.map((event) => ({ at: this.position(Date.parse(event.at)), event }));
    const [first, last] = [spans[0]?.from ?? 0, spans.at(-1)?.until ?? 0];
    this.decisions = record.decisions.flatMap((moment) => {
      const time = Date.parse(moment.at);
      return time < first || time > last ? [] : [{ at: this.position(time), moment }];
    });
    for (const { at, event } of this.events) {
      const before = this.drawn.at(-1)?.annotations ?? noAnnotations;
      const annotations = applyAnnotation(before, event);
      if (annotations !== before) this.drawn.push({ at, annotations });
    }
    const opened = this.events.filter(({ event }) => event.type === 'item.open');
    opened.forEach(({ at, event }, index) => {
      const until = opened[index + 1]?.at ?? this.lengthMs;
      if (event.itemId && until > at) this.segments.push({ itemId: event.itemId, from: at, until });
    });
  }

  /** Where in the record a time is, ms since 1970; one in a gap is where the record goes on. */
  position(time: number): number {
    let passed = 0;
    for (const { from, until } of this.record.spans) {
      if (time < from) return passed;
      if (time <= until) return passed + time - from;
      passed += until - from;
    }
    return passed;
  }

  /** When a position was, ms since 1970. */
  timeAt(position: number): number {
    let left = position;
    for (const { from, until } of this.record.spans) {
      if (left <= until - from) return from + left;
      left -= until - from;
    }
    return this.record.spans.at(-1)?.until ?? 0;
  }

  /** What was seen at a position. */
  shownAt(position: number): Shown {
    const opened = this.events.filter(({ at, event }) => at <= position && event.type === 'item.open').at(-1);
    const itemId = opened?.event.itemId ?? null;
    const last = this.views[lastUpTo(this.views, position)];
    const pointers = new Map<string, NonNullable<Pointer>>();
    const from = lastUpTo(this.pointers, position - POINTED_MS) + 1;
    for (const { personId, pointer } of this.pointers.slice(from, lastUpTo(this.pointers, position) + 1))
      if (pointer) pointers.set(personId, pointer);
      else pointers.delete(personId);
    const drawn = this.drawn[lastUpTo(this.drawn, position)]?.annotations.ofItem;
    const annotations = drawn?.[itemId ?? ''] ?? NONE;
    return { itemId, view: last?.view.itemId === itemId ? last.view : null, pointers, annotations };
  }

  private take(entry: RecordEntry): void {
    const at = this.position(entry.at);
    if (entry.kind === 'view') this.views.push({ at, view: entry.view });
    if (entry.kind === 'pointer')
      this.pointers.push({ at, personId: entry.personId, pointer: entry.pointer });
  }
}

/** The index of the last one at or before a position, in the order of positions; -1 when there is none. */
function lastUpTo(list: readonly { at: number }[], position: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.at ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
