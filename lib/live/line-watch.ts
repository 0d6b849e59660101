/** How often the server looks whether it has said anything since the last look; if not, it says that it lives. */
export const PULSE_MS = 1500;
/** Nothing for this long: what is shared may be another by now. */
const SILENT_MS = 5000;
/** A page that was busy itself hears what waited for it first. */
const AGAIN_MS = 500;

/**
 * Whether anything comes from the server. A line that was cut somewhere on its way breaks for neither end for half a
 * minute; until then whoever follows would believe to see what the presenter shows. Only a server that has said that it
 * lives is missed: one of before says nothing in a quiet room.
 */
export class LineWatch {
  silent = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pulsed = false;

  constructor(private readonly changed: () => void) {}

  /** Any message. */
  heard(): void {
    clearTimeout(this.timer);
    if (this.pulsed) this.timer = setTimeout(() => this.miss(), SILENT_MS);
    this.become(false);
  }

  /** The server's word that it lives. */
  pulse(): void {
    this.pulsed = true;
    this.heard();
  }

  /** A connection that is known to be lost is not silent; the next one may be to another server. */
  stop(): void {
    clearTimeout(this.timer);
    this.pulsed = false;
    this.become(false);
  }

  private miss(): void {
    this.timer = setTimeout(() => this.become(true), AGAIN_MS);
  }

  private become(silent: boolean): void {
    if (this.silent === silent) return;
    this.silent = silent;
    this.changed();
  }
}
