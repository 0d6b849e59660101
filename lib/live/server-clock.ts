/**
 * The server's clock as a client can know it: by what the server's messages say, carried on by the client's own
 * monotonic time, whatever the client's clock says. A message takes time to arrive, so that the one which brought the
 * latest time was the quickest and counts. Milliseconds of the Unix epoch.
 */
export class ServerClock {
  private offset = Number.NEGATIVE_INFINITY;

  /** After every connection: a machine that slept may have stopped its monotonic time. */
  restart(stampMs: number): void {
    this.offset = stampMs - performance.now();
  }

  /** A message that was stamped as it was sent. */
  heard(stampMs: number): void {
    this.offset = Math.max(this.offset, stampMs - performance.now());
  }

  now(): number {
    return performance.now() + this.offset;
  }
}
