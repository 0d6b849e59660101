import { Broadcast } from './broadcast.server.ts';
import { colourOf, roomColours } from './colours.ts';
import type { Connection } from './connection.server.ts';
import type { Participant, ServerMessages } from './protocol.ts';

/** The connections of a room, and the persons behind them: one person may have several tabs. */
export class Crowd {
  private readonly connections = new Set<Connection>();
  private readonly colours = new Map<string, string>();

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

  /** True when the person was not here yet. */
  add(connection: Connection): boolean {
    const first = !this.has(connection.personId);
    this.connections.add(connection);
    return first;
  }

  /** True when the person is not here any more; false when another tab is, or nothing was removed. */
  remove(connection: Connection): boolean {
    return this.connections.delete(connection) && !this.has(connection.personId);
  }

  has(personId: string): boolean {
    return [...this.connections].some((one) => one.personId === personId);
  }

  participants(): Participant[] {
    const persons = new Map([...this.connections].map((one) => [one.personId, one.participant]));
    return [...persons.values()];
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

  tell<M extends keyof ServerMessages>(message: M, content: Parameters<ServerMessages[M]>[0]): void {
    const told = new Broadcast(message, content);
    for (const one of this.connections) one.line.tell(told);
  }
}
