/** Tells the jobs that a series has changed. A process without jobs (a command at the shell) leaves it to the server. */
type Listener = (seriesId: string) => void;

const shared = globalThis as typeof globalThis & { consiliumSeriesListener?: Listener };

export function announceSeries(seriesId: string): void {
  shared.consiliumSeriesListener?.(seriesId);
}

export function onSeriesAnnounced(listener: Listener | undefined): void {
  shared.consiliumSeriesListener = listener;
}
