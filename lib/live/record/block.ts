import type { Pointer, SharedView } from '../protocol.ts';
import type { ViewState } from '../view-state.ts';
import { applyDelta, type Delta, deltaOf, type Json } from './json-delta.ts';

/** What was seen in a room at a moment, `at` in ms since 1970 by the server's clock. `alive`: the room was open and still. */
export type RecordEntry =
  | { kind: 'view'; at: number; view: SharedView }
  | { kind: 'pointer'; at: number; personId: string; pointer: Pointer }
  | { kind: 'alive'; at: number };

/** An entry as it is kept: ms since the one before, and of a view what differs from the view before. */
export type KeptEntry =
  | readonly ['v', ms: number, seq: number, itemId: string, by: string, view: Delta | null]
  | readonly ['p', ms: number, personId: string, pointer: Pointer]
  | readonly ['a', ms: number];

/** Part of a record that can be read by itself. */
export type RecordBlock = { from: number; entries: KeptEntry[] };

/** Makes a block of entries in the order of their times, one after the other. */
export class BlockWriter {
  readonly block: RecordBlock;
  private last: number;
  private view: ViewState | undefined;

  constructor(from: number) {
    this.block = { from, entries: [] };
    this.last = from;
  }

  /** When the last entry was, ms since 1970. */
  get until(): number {
    return this.last;
  }

  add(entry: RecordEntry): void {
    // A server's clock may be set back; the record goes on forward.
    const at = Math.max(entry.at, this.last);
    this.block.entries.push(this.kept(entry, at - this.last));
    this.last = at;
  }

  private kept(entry: RecordEntry, ms: number): KeptEntry {
    if (entry.kind === 'alive') return ['a', ms];
    if (entry.kind === 'pointer') return ['p', ms, entry.personId, entry.pointer];
    const { seq, itemId, by, view } = entry.view;
    const delta = deltaOf(this.view as Json | undefined, view as Json) ?? null;
    this.view = view;
    return ['v', ms, seq, itemId, by, delta];
  }
}

/** The entries of a block. Throws for one that is damaged. */
export function readBlock({ from, entries }: RecordBlock): RecordEntry[] {
  let at = from;
  let view: Json | undefined;
  return entries.map((entry): RecordEntry => {
    at += entry[1];
    if (entry[0] === 'a') return { kind: 'alive', at };
    if (entry[0] === 'p') return { kind: 'pointer', at, personId: entry[2], pointer: entry[3] };
    const [, , seq, itemId, by, delta] = entry;
    view = applyDelta(view, delta ?? undefined);
    return { kind: 'view', at, view: { seq, itemId, by, view: view as ViewState } };
  });
}
