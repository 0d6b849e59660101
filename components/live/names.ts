type Named = { personId: string; displayName: string };

/** What everybody who is or was in the room is called; those who are there as they are called now. */
export function withNames(
  seen: ReadonlyMap<string, string>,
  here: readonly Named[],
): ReadonlyMap<string, string> {
  return new Map([...seen, ...here.map((one) => [one.personId, one.displayName] as const)]);
}

/** Who is in a room need not have been invited by name, and who was invited need not have come; null for nobody known. */
export function nameOf(
  personId: string | undefined,
  seen: ReadonlyMap<string, string>,
  invited: readonly Named[],
): string | null {
  if (personId === undefined) return null;
  return seen.get(personId) ?? invited.find((one) => one.personId === personId)?.displayName ?? null;
}
