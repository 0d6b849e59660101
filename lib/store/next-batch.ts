/** What tells objects for the index apart. */
export type Waiting = {
  item: { centreId: string; study: Record<string, string>; instance: Record<string, string | number | null> };
};

/** One study of one centre: its objects are written by one statement at a time. */
export const studyKey = ({ item }: Waiting): string => `${item.centreId} ${item.study.studyInstanceUid}`;

/**
 * Takes out of `waiting`, in their order, what may go to the index now: at most `most`, none of a study that is being
 * written (its lock would keep the whole batch waiting), and no SOP Instance UID of a centre twice (the later one must
 * meet the earlier one in the index). An object that has to wait holds back the later ones of its study.
 */
export function nextBatch<T extends Waiting>(
  waiting: readonly T[],
  busy: ReadonlySet<string>,
  most: number,
): { batch: T[]; rest: T[] } {
  const batch: T[] = [];
  const rest: T[] = [];
  const uids = new Set<string>();
  const heldBack = new Set(busy);
  for (const one of waiting) {
    const study = studyKey(one);
    const uid = `${one.item.centreId} ${one.item.instance.sopInstanceUid}`;
    if (batch.length >= most || heldBack.has(study) || uids.has(uid)) {
      heldBack.add(study);
      rest.push(one);
    } else {
      uids.add(uid);
      batch.push(one);
    }
  }
  return { batch, rest };
}
