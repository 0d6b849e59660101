/** So many at once: enough for readings that are shared, and between two times others have their turn. */
const AT_ONCE = 100;

/** Does something with each, a hundred at a time. */
export async function byHundreds<T>(all: Iterable<T>, act: (one: T) => Promise<unknown>): Promise<void> {
  const left = [...all];
  while (left.length > 0) await Promise.all(left.splice(0, AT_ONCE).map(act));
}
