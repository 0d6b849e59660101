import { authorise } from '@/lib/auth/authorise.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { fold } from '../search-text.ts';
import type { KnownIdentity } from './schema.ts';

const MAX = 30;

/** Patients of a centre by name or identifier, from its studies and its cases: to whom a study may be given. Audited. */
export async function findIdentities(
  actor: Actor,
  { centreId, query }: { centreId: string; query: string },
): Promise<KnownIdentity[]> {
  authorise(actor, 'centre.correct', { kind: 'centre', centreId });
  const words = query.split(/\s+/).filter(Boolean).slice(0, 5);
  const contains = (word: string) => ({ contains: word, mode: 'insensitive' as const });
  return withAudit(actor, async (tx, audit) => {
    const groups = await tx.study.groupBy({
      by: ['patientId', 'patientName', 'patientBirthDate', 'patientSex'],
      where: {
        centreId,
        hiddenAt: null,
        AND: words.map((word) => ({ searchText: { contains: fold(word) } })),
      },
      _count: { _all: true },
      orderBy: [{ patientName: 'asc' }, { patientId: 'asc' }],
      take: MAX,
    });
    const patients = await tx.patient.findMany({
      where: {
        centreId,
        AND: words.map((word) => ({
          OR: [
            { familyName: contains(word) },
            { givenName: contains(word) },
            { identifiers: { some: { centreId, value: contains(word) } } },
          ],
        })),
      },
      include: { identifiers: { where: { centreId } } },
      take: MAX,
    });
    audit({
      action: 'study.list',
      resourceType: 'study',
      resourceId: '',
      centreId,
      details: { count: groups.length, level: 'PATIENT' },
    });
    const found = groups.map((group) => ({
      patientName: group.patientName,
      patientId: group.patientId,
      birthDate: group.patientBirthDate,
      sex: sexOf(group.patientSex),
      studies: group._count._all,
    }));
    const known = new Set(found.map(({ patientId }) => patientId));
    for (const patient of patients)
      for (const { value } of patient.identifiers)
        if (!known.has(value))
          found.push({
            patientName: `${patient.familyName}^${patient.givenName}`.replace(/\^$/, ''),
            patientId: value,
            birthDate: patient.birthDate?.toISOString().slice(0, 10).replaceAll('-', '') ?? '',
            sex: sexOf(patient.sex ?? ''),
            studies: 0,
          });
    return found;
  });
}

const sexOf = (sex: string): KnownIdentity['sex'] => (sex === 'M' || sex === 'F' || sex === 'O' ? sex : '');
