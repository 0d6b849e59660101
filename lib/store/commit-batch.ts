/** One instance for the index. */
export type CommitItem = {
  actor: { personId: string | null; displayName: string; door: string };
  centreId: string;
  /** Into a study that is not shown (yet): a correction in the making. */
  hidden: boolean;
  /** Into its study whomever it names as its patient: an administrator said so. */
  anyPatient?: boolean;
  study: Record<string, string>;
  series: Record<string, string | number | null>;
  instance: Record<string, string | number | null>;
};

/**
 * What the SQL function `consilium_store_batch` (prisma/migrations) reads: actors, studies and series once each, and
 * the instances that refer to them by place. A batch is most often one study's, and says so once.
 */
export function commitBatch(items: readonly CommitItem[]): string {
  const actors = new Places();
  const studies = new Places();
  const series = new Places();
  const instances = items.map((item) =>
    json({
      actor: actors.of(item.actor),
      study: studies.of({ centreId: item.centreId, ...item.study }),
      series: series.of(item.series),
      hidden: item.hidden,
      anyPatient: item.anyPatient ?? false,
      ...item.instance,
    }),
  );
  return `{"actors":[${actors}],"studies":[${studies}],"series":[${series}],"instances":[${instances}]}`;
}

/** Different records in the order in which they came. */
class Places {
  private readonly places = new Map<string, number>();

  of(record: object): number {
    const text = json(record);
    const known = this.places.get(text);
    if (known !== undefined) return known;
    this.places.set(text, this.places.size);
    return this.places.size - 1;
  }

  toString(): string {
    return [...this.places.keys()].join(',');
  }
}

/** PostgreSQL's text holds neither NUL nor half a surrogate pair; a header can. */
function json(record: object): string {
  const text = JSON.stringify(record);
  // Both are written as escapes, as are few other characters: most records are looked through once, and no more.
  return text.includes('\\u') ? JSON.stringify(record, storable) : text;
}

const storable = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;
