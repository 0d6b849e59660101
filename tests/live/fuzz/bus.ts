import type { Down, Up } from '@/lib/live/processes/words.ts';
import { outside } from './standstill.ts';
import type { Weather } from './wires.ts';

/** What one process hears of the others. */
export type Ear = { alive: () => boolean; up: (message: Up) => void; down: (message: Down) => void };

/** What processes say to each other, as by Redis: in order from each to each, later, and now and then not at all. */
export class Bus {
  private readonly ears = new Set<Ear>();
  private readonly at = new Map<string, number>();
  private count = 0;
  private readonly names = new Map<Ear, number>();

  constructor(private readonly weather: Weather) {}

  join(ear: Ear): void {
    this.ears.add(ear);
    this.names.set(ear, this.count);
    this.count += 1;
  }

  leave(ear: Ear): void {
    this.ears.delete(ear);
  }

  send(from: Ear, kind: 'up' | 'down', message: Up | Down): void {
    if (!from.alive()) return;
    const words = JSON.stringify(message);
    for (const ear of this.ears) if (ear !== from) this.carry(from, ear, kind, words);
  }

  private carry(from: Ear, to: Ear, kind: 'up' | 'down', words: string): void {
    const { random, loses } = this.weather;
    if (loses() && random.chance(0.03)) return;
    const way = `${this.names.get(from)} ${this.names.get(to)}`;
    const due = Math.max(this.at.get(way) ?? 0, performance.now() + 1 + random.integer(10));
    this.at.set(way, due);
    outside(() => setTimeout(() => to.alive() && to[kind](JSON.parse(words)), due - performance.now()));
  }
}
