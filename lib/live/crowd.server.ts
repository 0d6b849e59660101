import type { Broadcast } from './broadcast.server.ts';
import { colourOf, roomColours } from './colours.ts';
import type { Connection } from './connection.server.ts';
import type { Participant } from './protocol.ts';

/** The connections of a room, and the persons behind them: one person may have several tabs. */
export class Crowd {
  private readonly connections = new Set<Connection>();
  /** The same by person, in the order in which they came: a crowd that comes back asks for it at every step. */
  private readonly persons = new Map<string, Set<Connection>>();
  private readonly colours = new Map<string, string>();
  private emptySince = performance.now();

  [Symbol.iterator](): Iterator<Connection> {
    return this.connections.values();
  }

  /** How many tabs. */
  get size(): number {
    return this.connections.size;
  }

  get empty(): boolean {
    return this.connections.size === 0;
  }

  /** For how long nobody has been here; 0 while somebody is. */
  get emptyForMs(): number {
    return this.empty ? performance.now() - this.emptySince : 0;
  }

  /** True when the person was not here yet. */
  add(connection: Connection): boolean {
    this.connections.add(connection);
    const own = this.persons.get(connection.personId);
    if (own) own.add(connection);
    else this.persons.set(connection.personId, new Set([connection]));
    return !own;
  }

  /** True when the person is not here any more; false when another tab is, or nothing was removed. */
  remove(connection: Connection): boolean {
    const own = this.persons.get(connection.personId);
    if (!this.connections.delete(connection) || !own) return false;
    own.delete(connection);
    if (own.size === 0) this.persons.delete(connection.personId);
    if (this.empty) this.emptySince = performance.now();
    return own.size === 0;
  }

  has(personId: string): boolean {
    return this.persons.has(personId);
  }

  /** The tabs of a person, in the order in which they came. */
  tabsOf(personId: string): Connection[] {
    return [...(this.persons.get(personId) ?? [])];
  }

  /** Each person once, as their latest tab has them. */
  participants(): Participant[] {
    return [...this.persons.values()].flatMap((own) => [...own].at(-1)?.participant ?? []);
  }

  /** A person's colour in this room, for as long as it is open; nobody else's while there are enough. */
  colourFor(personId: string): string {
    const known = this.colours.get(personId);
    if (known) return known;
    const all = [...this.colours];
    const taken = all.length < roomColours.length ? all : all.filter(([id]) => this.has(id));
    const colour = colourOf(personId, new Set(taken.map(([, one]) => one)));
    this.colours.set(personId, colour);
    return colour;
  }

  tell(told: Broadcast): void {
    for (const one of this.connections) one.line.tell(told);
  }
}
