import type { z } from 'zod';
import type { AuthenticatedActor } from '@/lib/auth/actor.server.ts';
import { scheduleCase } from '@/lib/boards/agenda.server.ts';
import { createBoard } from '@/lib/boards/create-board.server.ts';
import { readSession } from '@/lib/boards/read-session.server.ts';
import { toLocal } from '@/lib/boards/rules.ts';
import { scheduleSession } from '@/lib/boards/schedule-session.server.ts';
import { createBoardSchema, sessionFieldsSchema } from '@/lib/boards/schema.ts';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { createCaseSchema } from '@/lib/cases/schema.ts';
import type { World } from './world.ts';

/** Factories for boards, sessions and cases, made through the use cases as the host centre's secretary would. */

export const DAY_MS = 86_400_000;
export const tomorrow = () => toLocal(new Date(Date.now() + DAY_MS), 'Europe/Paris').date;
export const when = (fields: Partial<z.input<typeof sessionFieldsSchema>> = {}) =>
  sessionFieldsSchema.parse({ date: tomorrow(), time: '14:00', ...fields });

export async function newBoard(
  world: World,
  fields: Partial<z.input<typeof createBoardSchema>> = {},
): Promise<string> {
  const { secretary, chair, oncologist, nuclear } = world.actors;
  const input = createBoardSchema.parse({
    centreId: world.centres.IGR,
    title: 'Lymphomas',
    requiredSpecialties: ['radiation_oncology'],
    chairId: chair.personId,
    memberIds: [oncologist.personId, nuclear.personId],
    ...fields,
  });
  return (await createBoard(secretary, input)).id;
}

export async function newCase(actor: AuthenticatedActor, familyName: string): Promise<string> {
  const input = createCaseSchema.parse({
    centreId: actor.memberships[0]?.centreId,
    patient: { familyName },
    reason: 'Treatment plan',
    question: 'Which nodes?',
  });
  return (await createCase(actor, input)).id;
}

/** A session tomorrow with cases of the host centre on its agenda, in this order. */
export async function newSession(world: World, ...patients: string[]) {
  const { secretary } = world.actors;
  const { id } = await scheduleSession(secretary, await newBoard(world), when());
  const items: string[] = [];
  for (const patient of patients) {
    const caseId = await newCase(secretary, patient);
    items.push((await scheduleCase(secretary, id, { caseId, plannedMinutes: 10 })).id);
  }
  return { id, items };
}

/** The patients' family names on a session's agenda, in order. */
export const agendaOf = async (actor: AuthenticatedActor, sessionId: string) =>
  (await readSession(actor, sessionId)).agenda.map((item) => item.patientName.trim());
