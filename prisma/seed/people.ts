import { hashPassword } from '@/lib/auth/password.server.ts';
import type { Role } from '@/lib/auth/policy.ts';
import type { Tx } from '@/lib/db/client.server.ts';

/** Factories for centres and people; the demonstration and the tests use the same ones. */

export type CentreSeed = { code: string; name: string };
export type PersonSeed = {
  email: string;
  displayName: string;
  locale?: 'en' | 'fr';
  memberships: { centre: string; role: Role; specialty?: string }[];
};

export const demoCentres: readonly CentreSeed[] = [
  { code: 'IGR', name: 'Institut A' },
  { code: 'CLB', name: 'Centre B' },
  { code: 'CTY', name: 'Hôpital de la Ville' },
  { code: 'CGFL', name: 'Centre C' },
];

export const DEMO_PASSWORD = 'consilium';

export const demoPeople: readonly PersonSeed[] = [
  {
    email: 'secretary@igr.demo',
    displayName: 'Sylvie Secrétan',
    memberships: [{ centre: 'IGR', role: 'secretary' }],
  },
  {
    email: 'chair@igr.demo',
    displayName: 'Dr Claire Présidente',
    memberships: [{ centre: 'IGR', role: 'clinician', specialty: 'radiation_oncology' }],
  },
  {
    email: 'oncologist@igr.demo',
    displayName: 'Dr Olivier Marchand',
    memberships: [{ centre: 'IGR', role: 'clinician', specialty: 'medical_oncology' }],
  },
  {
    email: 'surgeon@igr.demo',
    displayName: 'Dr Sophie Chirac-Laval',
    memberships: [{ centre: 'IGR', role: 'clinician', specialty: 'surgery' }],
  },
  {
    email: 'nuclear@clb.demo',
    displayName: 'Dr Nadia Benali',
    memberships: [{ centre: 'CLB', role: 'clinician', specialty: 'nuclear_medicine' }],
  },
  {
    email: 'radiologist@clb.demo',
    displayName: 'Dr Romain Lefèvre',
    memberships: [{ centre: 'CLB', role: 'clinician', specialty: 'radiology' }],
  },
  {
    email: 'physicist@clb.demo',
    displayName: 'Philippe Grand',
    memberships: [{ centre: 'CLB', role: 'physicist', specialty: 'medical_physics' }],
  },
  {
    email: 'referrer@city.demo',
    displayName: 'Dr Régine Faure',
    memberships: [{ centre: 'CTY', role: 'referrer' }],
  },
  {
    email: 'outsider@cgfl.demo',
    displayName: 'Dr Oscar Dehors',
    memberships: [{ centre: 'CGFL', role: 'clinician', specialty: 'medical_oncology' }],
  },
  { email: 'admin@igr.demo', displayName: 'Alain Gardien', memberships: [{ centre: 'IGR', role: 'admin' }] },
];

/** Creates centres; returns their ids by code. */
export async function createCentres(tx: Tx, centres: readonly CentreSeed[]): Promise<Record<string, string>> {
  const rows = await Promise.all(centres.map((centre) => tx.centre.create({ data: centre })));
  return Object.fromEntries(rows.map((row) => [row.code, row.id]));
}

/** Creates people with one password; returns their ids by e-mail. */
export async function createPeople(
  tx: Tx,
  people: readonly PersonSeed[],
  centreIds: Record<string, string>,
  password: string,
): Promise<Record<string, string>> {
  // One hash for all: it is one well-known password, and ten slow hashes would delay the first start.
  const passwordHash = await hashPassword(password);
  const ids: Record<string, string> = {};
  for (const person of people) {
    const row = await tx.person.create({
      data: {
        email: person.email,
        displayName: person.displayName,
        locale: person.locale ?? 'fr',
        passwordHash,
        memberships: {
          create: person.memberships.map(({ centre, role, specialty }) => ({
            centreId: centreIds[centre] ?? '',
            role,
            specialty: specialty ?? null,
          })),
        },
      },
    });
    ids[person.email] = row.id;
  }
  return ids;
}
