/** How long what was deleted can be taken back, in days. */
export const GRACE_DAYS = 30;

export const graceEnd = (from: Date): Date => new Date(from.getTime() + GRACE_DAYS * 86_400_000);

/** When a study that came at `came` has been kept for `years` whole years; null where the centre sets no term. */
export function retentionEnd(came: Date, years: number | null): Date | null {
  if (years === null) return null;
  const end = new Date(came);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return end;
}

/** When a deleted study's bytes may go: not before its grace has passed, nor before its centre's term. */
export function purgeDate(study: { purgeAt: Date; createdAt: Date }, retentionYears: number | null): Date {
  const kept = retentionEnd(study.createdAt, retentionYears);
  return kept && kept > study.purgeAt ? kept : study.purgeAt;
}
