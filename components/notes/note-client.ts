import { ApiError, api } from '@/lib/http/api-client.ts';
import { bothTexts, type NotesView, type OwnNote } from '@/lib/notes/schema.ts';

type Kind = 'own' | 'shared';
type Written = OwnNote & { dirty: boolean; sending: boolean };
export type NotesState = {
  own: Written;
  shared: Written;
  others: NotesView['others'];
  loaded: boolean;
  /** What was typed is not stored yet and the last attempt failed; it is tried again. */
  kept: boolean;
};

const SAVE_AFTER_MS = 500;
const RETRY_AFTER_MS = 2000;
const kinds: readonly Kind[] = ['own', 'shared'];
const empty: Written = { text: '', version: 0, dirty: false, sending: false };

/** Whether trying again may help: a refusal stays one, but for a version that has been caught up with. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.code === 'version_conflict' || error.problem.status >= 500;

/**
 * The side notes of a case as one tab reads and writes them: saved a moment after they were typed, tried again until
 * the network is back, and never overwritten by what is read.
 */
export class NoteClient {
  state: NotesState = { own: empty, shared: empty, others: [], loaded: false, kept: false };
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly itemId: string) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get unsaved(): boolean {
    return kinds.some((kind) => this.state[kind].dirty || this.state[kind].sending);
  }

  async pull(): Promise<void> {
    const read = await api<NotesView>('GET', this.url).catch(() => null);
    if (!read) return;
    const taken = (kind: Kind): Written => {
      const mine = this.state[kind];
      return mine.dirty || mine.sending || mine.version > read[kind].version
        ? mine
        : { ...mine, ...read[kind] };
    };
    this.set({ own: taken('own'), shared: taken('shared'), others: read.others, loaded: true });
  }

  type(kind: Kind, text: string): void {
    this.change(kind, { text, dirty: true });
    this.later(SAVE_AFTER_MS);
  }

  /** Sends what is not stored yet, now. */
  save(): void {
    clearTimeout(this.timer);
    for (const kind of kinds) if (this.state[kind].dirty && !this.state[kind].sending) void this.send(kind);
  }

  private async send(kind: Kind): Promise<void> {
    const { text, version } = this.state[kind];
    this.change(kind, { dirty: false, sending: true });
    try {
      const body = { shared: kind === 'shared', text, baseVersion: version };
      const stored = await api<{ version: number }>('PUT', this.url, body);
      this.change(kind, { version: stored.version, sending: false });
      this.set({ kept: false });
      if (this.state[kind].dirty) this.later(SAVE_AFTER_MS);
    } catch (error) {
      this.change(kind, { dirty: true, sending: false, ...this.joined(kind, error) });
      this.set({ kept: true });
      if (isPassing(error)) this.later(RETRY_AFTER_MS);
    }
  }

  /** Another tab of this person wrote meanwhile: both texts are kept. */
  private joined(kind: Kind, error: unknown): Partial<Written> {
    if (!(error instanceof ApiError) || error.code !== 'version_conflict') return {};
    const stored = error.problem.current as OwnNote;
    return { text: bothTexts(stored.text, this.state[kind].text), version: stored.version };
  }

  private get url(): string {
    return `/api/decisions/items/${this.itemId}/notes`;
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), ms);
  }

  private change(kind: Kind, change: Partial<Written>): void {
    this.set({ [kind]: { ...this.state[kind], ...change } });
  }

  private set(change: Partial<NotesState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
