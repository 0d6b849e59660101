import { missingFields } from '@/lib/decisions/rules.ts';
import type { DecisionField, DecisionView } from '@/lib/decisions/schema.ts';
import { ApiError, api } from '@/lib/http/api-client.ts';
import type { Notice } from '@/lib/live/protocol.ts';
import {
  acknowledge,
  type DraftForm,
  draftOf,
  type FieldValue,
  hold,
  keepMine,
  merge,
  openForm,
  refuse,
  release,
  retry,
  sameDraft,
  send,
  takeTheirs,
  toSend,
  type,
} from './merge-fields.ts';

/** `kept`: typed and not saved, because something is in the way; it is sent again when it may be gone. */
export type Saving = 'saved' | 'saving' | 'kept';

export type DecisionState = {
  view: DecisionView | null;
  form: DraftForm | null;
  saving: Saving;
  /** Why the record cannot be read or saved. */
  problem: unknown;
  /** Who has just written which field. */
  writers: Partial<Record<DecisionField, string>>;
};

type Changed = Extract<Notice, { type: 'decision.changed' }>;

const SAVE_AFTER_MS = 400;
const RETRY_AFTER_MS = 2000;
/** Pulls are audited reads: however fast somebody types, the others read at most this often. */
const PULL_EVERY_MS = 600;
const WRITES_FOR_MS = 3000;

/**
 * A decision as one tab reads and writes it, without any framework: saves each field a moment after it was typed,
 * one request per field at a time, tries again until the network is back, and pulls what others wrote.
 */
export class DecisionClient {
  state: DecisionState = { view: null, form: null, saving: 'saved', problem: null, writers: {} };
  private readonly listeners = new Set<() => void>();
  private readonly writerTimers = new Map<DecisionField, ReturnType<typeof setTimeout>>();
  private saveTimer: ReturnType<typeof setTimeout> | undefined;
  private pullTimer: ReturnType<typeof setTimeout> | undefined;
  private pulledAt = 0;
  /** The highest version that was heard of; what is shown may be older for a moment. */
  private heard = 0;

  constructor(
    private readonly itemId: string,
    initial: DecisionView | null = null,
  ) {
    if (initial) this.take(initial);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Something typed here is not on the server. */
  get unsaved(): boolean {
    const { form } = this.state;
    return form !== null && Object.values(form).some((field) => field.dirty || field.sending);
  }

  get watched(): boolean {
    return this.listeners.size > 0;
  }

  // --------------------------------------------------------------------------------------------------- the writer

  type(field: DecisionField, value: FieldValue): void {
    this.change((form) => type(form, field, value));
    this.saveSoon(SAVE_AFTER_MS);
  }

  hold(field: DecisionField): void {
    this.change((form) => hold(form, field));
  }

  release(field: DecisionField): void {
    this.change((form) => release(form, field));
    this.save();
  }

  takeTheirs(field: DecisionField): void {
    this.change((form) => takeTheirs(form, field));
  }

  keepMine(field: DecisionField): void {
    this.change((form) => keepMine(form, field));
    this.save();
  }

  /** Sends what is not saved yet, now. */
  save(): void {
    clearTimeout(this.saveTimer);
    const { form, view } = this.state;
    if (form && view?.state === 'draft') for (const field of toSend(form)) void this.saveField(field);
  }

  /** Resolves when everything typed here is on the server; false when something stands in the way. */
  async saved(): Promise<boolean> {
    this.save();
    while (this.unsaved) {
      const { form, saving } = this.state;
      if (saving === 'kept' || !form || Object.values(form).some((field) => field.theirs && field.dirty))
        return false;
      await new Promise<void>((resolve) => {
        const stop = this.subscribe(() => {
          stop();
          resolve();
        });
      });
    }
    return true;
  }

  missing(): DecisionField[] {
    return this.state.form ? missingFields(draftOf(this.state.form)) : [];
  }

  /** Freezes what this tab shows. False, and nothing is frozen, when others wrote since it was read. Throws ApiError. */
  async validate(reason: string): Promise<boolean> {
    const read = this.state.form && draftOf(this.state.form);
    if (this.heard > (this.state.view?.version ?? 0)) await this.pull();
    const { form, view } = this.state;
    if (!read || !form || !view || !sameDraft(read, draftOf(form))) return false;
    // A text that still stands beside a field is what the server holds, and not what stands in it.
    if (Object.values(form).some((field) => field.theirs)) return false;
    try {
      await api('POST', this.url('/validate'), { reason, version: view.version });
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'version_conflict') return false;
      throw error;
    } finally {
      await this.pull();
    }
  }

  async amend(): Promise<void> {
    try {
      await api('POST', this.url('/amend'));
    } finally {
      await this.pull();
    }
  }

  // ---------------------------------------------------------------------------------------------------- the others

  /** A use case changed the decision: whose change it was is shown, and what changed is pulled. */
  noticed(notice: Changed, me: string | null): void {
    this.heard = Math.max(this.heard, notice.version);
    if (notice.by !== me && notice.field) this.showWriter(notice.field as DecisionField, notice.byName);
    this.pullIfBehind();
  }

  /** Reads the decision soon, but not more often than readers need. */
  pullSoon(): void {
    this.pullTimer ??= setTimeout(
      () => void this.pull(),
      Math.max(0, this.pulledAt + PULL_EVERY_MS - Date.now()),
    );
  }

  async pull(): Promise<void> {
    clearTimeout(this.pullTimer);
    this.pullTimer = undefined;
    this.pulledAt = Date.now();
    try {
      this.take(await api<DecisionView>('GET', this.url()));
    } catch (problem) {
      this.set({ problem });
    }
  }

  // ------------------------------------------------------------------------------------------------------- private

  private async saveField(field: DecisionField): Promise<void> {
    const { form } = this.state;
    if (!form) return;
    const { value, base } = form[field];
    this.change((now) => send(now, field));
    try {
      const answer = await api<{ fieldVersion: number; version: number }>('PATCH', this.url(), {
        field,
        value,
        baseVersion: base,
      });
      this.heard = Math.max(this.heard, answer.version);
      this.change((now) => acknowledge(now, field, answer.fieldVersion));
      const { view } = this.state;
      if (view && answer.version === view.version + 1)
        this.set({ view: { ...view, version: answer.version } });
      this.set({ problem: null });
      this.save();
    } catch (problem) {
      this.notSaved(field, problem);
    }
    if (!this.state.form || toSend(this.state.form).length === 0) this.pullIfBehind();
  }

  private notSaved(field: DecisionField, problem: unknown): void {
    const current = problem instanceof ApiError ? problem.problem.current : undefined;
    if (isFieldConflict(current)) {
      this.change((form) =>
        refuse(form, field, { value: current.value as FieldValue, version: current.fieldVersion }),
      );
      this.pullSoon();
      return;
    }
    this.change((form) => retry(form, field));
    this.set({ problem });
    if (problem instanceof ApiError && isFinal(problem)) this.pullSoon();
    else this.saveSoon(RETRY_AFTER_MS);
  }

  private pullIfBehind(): void {
    const { view, form } = this.state;
    if (form && Object.values(form).some((field) => field.sending)) return;
    if (!view || this.heard > view.version) this.pullSoon();
  }

  private take(view: DecisionView): void {
    const known = this.state.view;
    if (known && known.version > view.version) return;
    this.heard = Math.max(this.heard, view.version);
    const form = this.state.form ? merge(this.state.form, view) : openForm(view);
    this.set({ view, form, problem: null });
    if (this.unsaved) this.saveSoon(0);
  }

  private saveSoon(delay: number): void {
    clearTimeout(this.saveTimer);
    this.saveTimer = setTimeout(() => this.save(), delay);
  }

  private showWriter(field: DecisionField, name: string): void {
    clearTimeout(this.writerTimers.get(field));
    this.set({ writers: { ...this.state.writers, [field]: name } });
    const stopped = () => this.set({ writers: { ...this.state.writers, [field]: undefined } });
    this.writerTimers.set(field, setTimeout(stopped, WRITES_FOR_MS));
  }

  private change(step: (form: DraftForm) => DraftForm): void {
    if (this.state.form) this.set({ form: step(this.state.form) });
  }

  private set(change: Partial<DecisionState>): void {
    const next = { ...this.state, ...change };
    this.state = next;
    next.saving = !this.unsaved ? 'saved' : next.problem ? 'kept' : 'saving';
    for (const listener of [...this.listeners]) listener();
  }

  private url(action = ''): string {
    return `/api/decisions/items/${this.itemId}${action}`;
  }
}

const isFieldConflict = (current: unknown): current is { value: unknown; fieldVersion: number } =>
  typeof current === 'object' && current !== null && 'fieldVersion' in current;

/** Trying again would change nothing. */
const isFinal = (error: ApiError): boolean => error.problem.status >= 400 && error.problem.status < 500;
