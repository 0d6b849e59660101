/** From the middle outwards: what a reader looks at first comes first. */
export function fromMiddle<T>(items: readonly T[], middle = Math.floor(items.length / 2)): T[] {
  const order = items.map((item, index) => ({
    item,
    away: Math.abs(index - middle),
    before: index < middle,
  }));
  return order.sort((a, b) => a.away - b.away || Number(a.before) - Number(b.before)).map(({ item }) => item);
}
