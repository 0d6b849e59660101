import type { CommitItem } from './commit-instances.server.ts';

/**
 * What the SQL function `consilium_store_batch` (prisma/migrations) reads: actors, studies and series once each, and
 * the instances that refer to them by place. A batch is most often one study's, and says so once.
 */
export function commitBatch(items: readonly CommitItem[]): string {
  const actors = new Places();
  const studies = new Places();
  const series = new Places();
  const instances = items.map((item) =>
    JSON.stringify(
      {
        actor: actors.of(item.actor),
        study: studies.of({ centreId: item.centreId, ...item.study }),
        series: series.of(item.series),
        hidden: item.hidden,
        anyPatient: item.anyPatient ?? false,
        ...item.instance,
      },
      storable,
    ),
  );
  return `{"actors":[${actors}],"studies":[${studies}],"series":[${series}],"instances":[${instances}]}`;
}

/** Different records in the order in which they came. */
class Places {
  private readonly places = new Map<string, number>();

  of(record: object): number {
    const json = JSON.stringify(record, storable);
    const known = this.places.get(json);
    if (known !== undefined) return known;
    this.places.set(json, this.places.size);
    return this.places.size - 1;
  }

  toString(): string {
    return [...this.places.keys()].join(',');
  }
}

/** PostgreSQL's text holds neither NUL nor half a surrogate pair; a header can. */
const storable = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;
