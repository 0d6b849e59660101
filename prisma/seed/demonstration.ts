import { z } from 'zod';
import { loadActor } from '@/lib/auth/actor.server.ts';
import type { Actor } from '@/lib/auth/policy.ts';
import { createBoard } from '@/lib/boards/create-board.server.ts';
import { toLocal } from '@/lib/boards/rules.ts';
import { db } from '@/lib/db/client.server.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import { log } from '@/lib/log.server.ts';
import { ensureCase } from './case.ts';
import { type DemonstrationCase, demonstrationCases } from './demonstration-cases.ts';
import { createCentres, createPeople, DEMO_PASSWORD, demoCentres, demoPeople } from './people.ts';
import { DEMO_TIME_ZONE, ensureSessionToday, type SessionSeed } from './session-today.ts';

const BOARD_TITLE = 'RCP Hodgkin et lymphomes';
const CHECK_MS = 20_000;

const machine: Actor = {
  personId: null,
  displayName: 'Demonstration',
  memberships: [],
  locale: 'fr',
  door: 'system',
};

/** The two rows that frame a seeding: without the first the database is not the demonstration's, without the last it was cut. */
const begun = { resourceType: 'demonstration', resourceId: 'begun' } as const;
const complete = { resourceType: 'demonstration', resourceId: 'complete' } as const;
const completeDetails = z.object({
  boardId: z.uuid(),
  items: z.array(z.object({ caseId: z.uuid(), plannedMinutes: z.number() })),
});

type Options = { cases?: readonly DemonstrationCase[]; now?: Date };

/**
 * Fills an empty database with the demonstration: centres, accounts, synthetic patients with their images, one board
 * that meets today. Completes what a killed start left half done; leaves alone a database with other content. In a
 * database that has it, only sees to today's session.
 */
export async function seedDemonstration({ cases = demonstrationCases(), now }: Options = {}): Promise<void> {
  if (!(await completedSeed())) {
    if (!(await marker(begun))) {
      if ((await db().centre.count()) > 0) return;
      await createNetwork();
    }
    const seed = await createBoardWithCases(cases);
    // Before the last row: a seeding without today's session is not complete.
    await ensureSessionToday(machine, seed, now);
    await withAudit(machine, async (_tx, audit) =>
      audit({ ...complete, action: 'demonstration.complete', centreId: null, details: seed }),
    );
    return;
  }
  // Whatever people did to the board since, the server has to start.
  await ensureToday(now).catch((error) => log.error({ err: error }, 'demonstration: session of today'));
}

/** Keeps one session scheduled for today while the demonstration runs, over midnights too. Returns how to stop it. */
export function keepDemonstrationCurrent({
  clock = () => new Date(),
  checkMs = CHECK_MS,
}: {
  clock?: () => Date;
  checkMs?: number;
} = {}): () => Promise<void> {
  const dayOf = () => toLocal(clock(), DEMO_TIME_ZONE).date;
  let day = dayOf();
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    const today = dayOf();
    if (today === day) return;
    day = today;
    running = ensureToday(clock()).catch((error) => {
      day = ''; // tried again at the next tick
      log.error({ err: error }, 'demonstration: session of today');
    });
  }, checkMs);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

async function ensureToday(now?: Date): Promise<void> {
  const seed = await completedSeed();
  if (seed) await ensureSessionToday(machine, seed, now);
}

const marker = (where: typeof begun | typeof complete) =>
  db().auditEvent.findFirst({ where: { ...where, actorId: null }, select: { details: true } });

async function completedSeed(): Promise<z.output<typeof completeDetails> | undefined> {
  const row = await marker(complete);
  return row ? completeDetails.parse(row.details) : undefined;
}

async function createNetwork(): Promise<void> {
  await withAudit(machine, async (tx, audit) => {
    const centres = await createCentres(tx, demoCentres);
    await createPeople(tx, demoPeople, centres, DEMO_PASSWORD);
    audit({ ...begun, action: 'demonstration.begin', centreId: null });
  });
}

async function createBoardWithCases(cases: readonly DemonstrationCase[]): Promise<SessionSeed> {
  const centres = await db().centre.findMany({ select: { id: true, code: true } });
  const people = await db().person.findMany({ select: { id: true, email: true } });
  const centre = (code: string) =>
    idOf(
      centres.find((one) => one.code === code),
      code,
    );
  const person = (email: string) =>
    idOf(
      people.find((one) => one.email === email),
      email,
    );
  const centreId = centre('IGR');
  const secretaryId = person('secretary@igr.demo');
  const places = {
    centreId,
    secretaryId,
    requesterId: person('referrer@city.demo'),
    requesterCentreId: centre('CTY'),
  };
  const total = cases.reduce((sum, one) => sum + one.fileCount, 0);
  const items: { caseId: string; plannedMinutes: number }[] = [];
  let before = 0;
  for (const one of cases) {
    const caseId = await ensureCase(machine, places, one, (done) => progress(before + done, total));
    items.push({ caseId, plannedMinutes: one.plannedMinutes });
    before += one.fileCount;
  }
  const present = await db().board.findFirst({
    where: { centreId, title: BOARD_TITLE },
    select: { id: true },
  });
  const { id: boardId } =
    present ??
    (await createBoard(await loadActor(secretaryId, 'system'), {
      centreId,
      title: BOARD_TITLE,
      type: 'standard',
      requiredSpecialties: ['radiation_oncology', 'medical_oncology', 'nuclear_medicine'],
      chairId: person('chair@igr.demo'),
      memberIds: [
        'oncologist@igr.demo',
        'surgeon@igr.demo',
        'nuclear@clb.demo',
        'radiologist@clb.demo',
        'physicist@clb.demo',
      ].map(person),
    }));
  return { boardId, items };
}

function idOf(row: { id: string } | undefined, name: string): string {
  if (!row)
    throw new Error(`The demonstration has no ${name}: its database was changed before it was complete`);
  return row.id;
}

/** A line now and then on the first start, which takes some seconds. */
function progress(done: number, total: number): void {
  if (done % 100 === 0 || done === total)
    process.stderr.write(`demonstration: ${done} of ${total} images and plans stored\n`);
}
