import type { ViewState } from '@/lib/live/view-state.ts';
import type { SecondWindow } from '../contract.ts';
import { accompany } from './accompany.ts';
import type { Stage } from './stage.ts';
import { WindowLink } from './window-link.ts';

/** The windows that one person has of one case: each goes where the other is. */
export class Windows {
  private readonly links: WindowLink[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly options: SecondWindow | undefined,
  ) {
    if (options?.joined) this.join(options.joined);
  }

  /** Opens another window of the case. Only as a user's own act, else browsers refuse it. */
  open(): void {
    if (!this.options) return;
    const name = crypto.randomUUID();
    this.join(name);
    window.open(this.options.url(name), '_blank', 'popup');
  }

  /** The images are there: goes where the window is that opened this one. */
  ready(): void {
    for (const link of this.links) link.ask();
  }

  /** What was done in this window, or came to it from the room. */
  tell(view: ViewState): void {
    for (const link of this.links) link.tell(view);
  }

  close(): void {
    for (const link of this.links) link.close();
  }

  private join(name: string): void {
    this.links.push(
      new WindowLink(name, {
        onView: (view) => accompany(this.stage, view),
        state: () => this.stage.state(),
      }),
    );
  }
}
