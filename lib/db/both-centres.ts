import type { AuditEntry } from './with-audit.server.ts';

/** Whose case it is, and who hosts the session in which something was done with it. */
export type BothCentres = { ofCase: string; ofHost: string };

/**
 * What was done with a case in a session: a row for the centre whose patient it is, and one for the host where that is
 * another one, each for the administrator of its own centre.
 */
export function ofBothCentres(
  entry: Omit<AuditEntry, 'centreId'>,
  { ofCase, ofHost }: BothCentres,
): AuditEntry[] {
  return [...new Set([ofCase, ofHost])].map((centreId) => ({ ...entry, centreId }));
}

type CaseOfSession = { caseId: string; case: { centreId: string; patientId: string } };

/** A session's cases of other centres than its host: a row for each, beside the host's own. */
export function ofGuestCases(
  entry: Omit<AuditEntry, 'caseId' | 'patientId' | 'details'>,
  items: readonly CaseOfSession[],
): AuditEntry[] {
  const guests = new Map(
    items.filter((item) => item.case.centreId !== entry.centreId).map((item) => [item.caseId, item.case]),
  );
  return [...guests].map(([caseId, { centreId, patientId }]) => ({ ...entry, centreId, caseId, patientId }));
}
