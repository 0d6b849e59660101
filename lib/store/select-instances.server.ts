import type { Actor } from '@/lib/auth/policy.ts';
import { db } from '@/lib/db/client.server.ts';
import { readableWhere } from './list-studies.server.ts';
import type { ResolvedStudy } from './load-study.server.ts';

/** Unique keys of a retrieval; a list means any of them. */
export type InstanceKeys = {
  patientId?: string;
  studies?: string[];
  series?: string[];
  instances?: string[];
};

export type SelectedInstance = {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  sha256: string;
};

/**
 * The shown instances that the actor may read and the keys name, by study, in the order of their numbers. Where two
 * centres hold one instance the actor's own centre's is taken.
 */
export async function selectInstances(
  actor: Actor,
  keys: InstanceKeys,
): Promise<{ study: ResolvedStudy; instances: SelectedInstance[] }[]> {
  const own = new Set(actor.memberships.map(({ centreId }) => centreId));
  const rows = await db().instance.findMany({
    where: {
      ...(keys.instances && { sopInstanceUid: { in: keys.instances } }),
      series: {
        hiddenAt: null,
        ...(keys.series && { seriesInstanceUid: { in: keys.series } }),
        study: {
          AND: [readableWhere(actor), { hiddenAt: null }],
          ...(keys.patientId !== undefined && { patientId: keys.patientId }),
          ...(keys.studies && { studyInstanceUid: { in: keys.studies } }),
        },
      },
    },
    select: {
      sopClassUid: true,
      sopInstanceUid: true,
      transferSyntaxUid: true,
      sha256: true,
      series: { select: { study: { select: { id: true, centreId: true, studyInstanceUid: true } } } },
    },
    orderBy: [{ seriesId: 'asc' }, { instanceNumber: 'asc' }, { sopInstanceUid: 'asc' }],
  });
  const studies = new Map<string, { study: ResolvedStudy; instances: SelectedInstance[] }>();
  const seen = new Set<string>();
  const mine = rows.filter(({ series }) => own.has(series.study.centreId));
  for (const { series, ...instance } of [...mine, ...rows]) {
    if (seen.has(instance.sopInstanceUid)) continue;
    seen.add(instance.sopInstanceUid);
    const { study } = series;
    const group = studies.get(study.id) ?? { study, instances: [] };
    group.instances.push(instance);
    studies.set(study.id, group);
  }
  return [...studies.values()];
}
