import type { Broadcast } from '../broadcast.server.ts';
import type { Snapshot } from '../protocol.ts';
import type { Addressed, Down, DownWord } from './words.ts';

/** Where one remote connection is. */
export type Address = { process: string; id: number };

/** The words of one moment to all other processes: what is the same for many goes once, with its addressees. */
export class Outbox {
  private words: DownWord[] = [];
  private readonly told = new Map<Broadcast, DownWord>();
  private readonly snapshots = new Map<string, DownWord>();
  private shared: Down['shared'];

  /** @param crowd how many connections each process has: a word for all of them need not name them */
  constructor(private readonly crowd: (process: string) => number) {}

  get empty(): boolean {
    return this.words.length === 0;
  }

  tell(address: Address, broadcast: Broadcast): void {
    const known = this.told.get(broadcast);
    const { message, content, rest } = broadcast;
    if (known) add(known.to, address);
    else
      this.told.set(
        broadcast,
        this.word(address, { type: 'tell', message, content: [content, ...rest], to: {} }),
      );
  }

  emit(address: Address, message: string, content: unknown[]): void {
    if (message === 'snapshot') this.snapshot(address, content[0] as Snapshot);
    else this.word(address, { type: 'tell', message, content, to: {} });
  }

  answer(address: Address, k: number, answer: unknown): void {
    this.word(address, { type: 'answer', k, answer, to: {} });
  }

  hangUp(address: Address): void {
    this.word(address, { type: 'hangUp', to: {} });
  }

  /** What is to be sent now; empty from then on. */
  take(): Pick<Down, 'words' | 'shared'> {
    const { words, shared } = this;
    // Only what is told to those who are in: a snapshot lets somebody in.
    for (const { to } of this.told.values())
      for (const [process, ids] of Object.entries(to))
        if (ids.length === this.crowd(process)) to[process] = 'all';
    this.words = [];
    this.told.clear();
    this.snapshots.clear();
    this.shared = undefined;
    return { words, ...(shared && { shared }) };
  }

  /** Many snapshots of one moment differ in little: the people and the view, which are large, go once, the latest. */
  private snapshot(address: Address, { me: _, participants, view, ...own }: Snapshot): void {
    this.shared = { participants, view };
    const key = JSON.stringify(own);
    const known = this.snapshots.get(key);
    if (known) add(known.to, address);
    else {
      const word: DownWord = { type: 'tell', message: 'snapshot', content: [own], to: {} };
      this.snapshots.set(key, this.word(address, word));
    }
  }

  private word(address: Address, word: DownWord): DownWord {
    add(word.to, address);
    this.words.push(word);
    return word;
  }
}

function add(to: Addressed, { process, id }: Address): void {
  const ids = to[process];
  if (Array.isArray(ids)) ids.push(id);
  else to[process] = [id];
}
