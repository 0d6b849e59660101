/** Tells the jobs that a series has changed. A process without jobs (a command at the shell) leaves it to the server. */
type Listener = (seriesId: string) => void;

const shared = globalThis as typeof globalThis & { consiliumSeriesListener?: Listener };

export function announceSeries(seriesId: string): void {
  shared.consiliumSeriesListener?.(seriesId);
}

export function onSeriesAnnounced(listener: Listener | undefined): void {
  shared.consiliumSeriesListener = listener;
}

type CorrectionListener = (correctionId: string) => void;

const corrections = globalThis as typeof globalThis & { consiliumCorrectionListener?: CorrectionListener };

/** Tells the jobs that a correction waits; without jobs the next server to start finds it by its state. */
export function announceCorrection(correctionId: string): void {
  corrections.consiliumCorrectionListener?.(correctionId);
}

export function onCorrectionAnnounced(listener: CorrectionListener | undefined): void {
  corrections.consiliumCorrectionListener = listener;
}
