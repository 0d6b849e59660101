import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadActor } from '@/lib/auth/actor.server.ts';
import { can } from '@/lib/auth/policy.ts';
import { listSessions } from '@/lib/boards/list-sessions.server.ts';
import { isToday } from '@/lib/boards/rules.ts';
import { caseFacts } from '@/lib/cases/load-case.server.ts';
import { db } from '@/lib/db/client.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { keepDemonstrationCurrent, seedDemonstration } from '@/prisma/seed/demonstration.ts';
import { demonstrationCases } from '@/prisma/seed/demonstration-cases.ts';
import { DEMO_TIME_ZONE, startOfToday } from '@/prisma/seed/session-today.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';

/** A few slices of each: the same patients and the same way in, in a second instead of a quarter of a minute. */
const [hodgkin, thorax] = demonstrationCases({
  planes: { bottom: 190, spacing: 5, count: 3, pixel: 0.9765625 },
  pet: { first: 138, last: 140 },
});
if (!hodgkin || !thorax) throw new Error('the demonstration has two cases');
const cases = [hodgkin, { ...thorax, fileCount: 4, files: () => first(4, thorax.files()) }];
const now = new Date();
const tomorrow = new Date(now.getTime() + 86_400_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await openStore();
});
afterAll(() => database.close());

const actor = async (email: string) =>
  loadActor((await db().person.findUniqueOrThrow({ where: { email } })).id, 'web');

const counts = async () => ({
  people: await db().person.count(),
  cases: await db().case.count(),
  studies: await db().study.count(),
  attached: await db().caseStudy.count(),
  instances: await db().instance.count(),
  boards: await db().board.count(),
  sessions: await db().boardSession.count(),
  items: await db().agendaItem.count(),
  identifiers: await db().patientIdentifier.count(),
  audit: await db().auditEvent.count(),
});

describe('the demonstration', () => {
  test('a seeding that is killed half-way is completed by the next start', async () => {
    const cut = {
      ...thorax,
      files: function* () {
        yield* first(2, thorax.files());
        throw new Error('killed');
      },
    };
    await expect(seedDemonstration({ cases: [hodgkin, cut], now })).rejects.toThrow('killed');
    expect(await db().boardSession.count()).toBe(0);
    await seedDemonstration({ cases, now });
    expect(await counts()).toMatchObject({
      people: 10,
      cases: 2,
      studies: 2,
      attached: 2,
      instances: 3 + 3 + 3 + 1 + 4,
      boards: 1,
      sessions: 1,
      items: 2,
      identifiers: 4,
    });
    expect(await db().quarantinedObject.count()).toBe(0);
  });

  test('the chair has exactly one session, today, with the synthetic patient first', async () => {
    const sessions = await listSessions(await actor('chair@igr.demo'), 'today');
    expect(sessions).toHaveLength(1);
    const session = await db().boardSession.findFirstOrThrow({
      include: {
        participants: true,
        agenda: { orderBy: { position: 'asc' }, include: { case: { include: { patient: true } } } },
      },
    });
    expect(isToday(session.startsAt, session.timeZone, now)).toBe(true);
    expect(session.participants).toHaveLength(6);
    expect(session.agenda.map((item) => item.case.patient.givenName)).toEqual(['Hodgkine', 'Thorace']);
  });

  test('the referring doctor sees the case, the outsider sees nothing', async () => {
    const outsider = await actor('outsider@cgfl.demo');
    const referrer = await actor('referrer@city.demo');
    for (const { id } of await db().case.findMany({ select: { id: true } })) {
      const facts = await caseFacts(db(), id);
      expect(can(referrer, 'case.read', facts)).toBe(true);
      expect(can(outsider, 'case.read', facts)).toBe(false);
    }
    expect(await listSessions(outsider, 'today')).toEqual([]);
  });

  test('seeding again changes nothing, not even the audit', async () => {
    const before = await counts();
    await seedDemonstration({ cases, now });
    expect(await counts()).toEqual(before);
  });

  test('a later day gets a session of its own with the same cases, once', async () => {
    await seedDemonstration({ cases, now: tomorrow });
    await Promise.all([
      seedDemonstration({ cases, now: tomorrow }),
      seedDemonstration({ cases, now: tomorrow }),
    ]);
    const sessions = await db().boardSession.findMany({
      orderBy: { startsAt: 'asc' },
      include: { agenda: { orderBy: { position: 'asc' } } },
    });
    expect(sessions.map((session) => isToday(session.startsAt, DEMO_TIME_ZONE, tomorrow))).toEqual([
      false,
      true,
    ]);
    const [first, second] = sessions.map((session) => session.agenda.map((item) => item.caseId));
    expect(second).toEqual(first);
  });
});

test('a demonstration that runs over midnight gets the new day’s session', async () => {
  const before = await db().boardSession.count();
  let at = new Date('2027-03-01T23:59:30+01:00');
  const stop = keepDemonstrationCurrent({ clock: () => at, checkMs: 10 });
  at = new Date('2027-03-02T00:00:10+01:00');
  const made = () => db().boardSession.findMany({ where: { startsAt: { gte: new Date('2027-03-01') } } });
  await vi.waitFor(async () => expect(await made()).toHaveLength(1), { timeout: 20_000 });
  await stop();
  expect(await made()).toMatchObject([{ startsAt: new Date('2027-03-02T09:00:00+01:00') }]);
  expect(await db().boardSession.count()).toBe(before + 1);
});

describe('when the session of the day starts', () => {
  test.each([
    ['in the night', '2026-11-24T02:10:00+01:00', '2026-11-24T09:00:00+01:00'],
    ['in the afternoon', '2026-11-24T14:10:00+01:00', '2026-11-24T14:30:00+01:00'],
    ['just before the full hour', '2026-11-24T14:59:59+01:00', '2026-11-24T15:00:00+01:00'],
    ['late in the evening, still today', '2026-11-24T23:50:00+01:00', '2026-11-24T23:30:00+01:00'],
    ['on the night when the clock goes back', '2026-10-25T02:30:00+01:00', '2026-10-25T09:00:00+01:00'],
  ])('%s', (_name, at, expected) => {
    expect(startOfToday(new Date(at))).toEqual(new Date(expected));
  });
});

test('a database with other content is left alone', async () => {
  await database.close();
  database = await createTestDatabase();
  await db().centre.create({ data: { code: 'OWN', name: 'A hospital of its own' } });
  await seedDemonstration({ cases, now });
  expect(await counts()).toMatchObject({ people: 0, cases: 0, audit: 0 });
});

function* first<T>(count: number, all: Iterable<T>): Generator<T> {
  let left = count;
  for (const one of all) {
    if (left === 0) return;
    left -= 1;
    yield one;
  }
}
