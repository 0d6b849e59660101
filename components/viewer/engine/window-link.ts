import { type ViewState, viewStateSchema } from '@/lib/live/view-state.ts';

type Handlers = {
  onView: (view: ViewState) => void;
  /** What this window shows, for one that has just opened. */
  state: () => ViewState | null;
};

/**
 * Two windows of one person on one case: each tells the other what its hands did, and goes where the other is. Only a
 * window that was opened from the other has its name; two tabs that happen to show one case know nothing of each other.
 */
export class WindowLink {
  private readonly channel: BroadcastChannel;
  private following = false;

  /** @param name random, made by the window that opened the other */
  constructor(
    name: string,
    private readonly handlers: Handlers,
  ) {
    this.channel = new BroadcastChannel(`consilium-viewer-${name}`);
    this.channel.onmessage = ({ data }) => (data === ASK ? this.answer() : this.follow(data));
  }

  tell(view: ViewState): void {
    if (!this.following) this.channel.postMessage(view);
  }

  /** Where is the other one? */
  ask(): void {
    this.channel.postMessage(ASK);
  }

  close(): void {
    this.channel.close();
  }

  private answer(): void {
    const view = this.handlers.state();
    if (view) this.tell(view);
  }

  /** What follows from the other window's act is not told back to it. */
  private follow(data: unknown): void {
    const view = viewStateSchema.safeParse(data);
    if (!view.success) return;
    this.following = true;
    try {
      this.handlers.onView(view.data);
    } finally {
      this.following = false;
    }
  }
}

const ASK = 'where';
