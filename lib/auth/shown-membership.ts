/** As what somebody is shown to others: as a clinician where they are one, else as the first thing that they are. */
export const shownMembership = <M extends { role: string }>(memberships: readonly M[]): M | undefined =>
  memberships.find(({ role }) => role === 'clinician') ?? memberships[0];
