import { DateTime } from 'luxon';
import { scheduleCase } from '@/lib/boards/agenda.server.ts';
import { createBoard } from '@/lib/boards/create-board.server.ts';
import { scheduleSession } from '@/lib/boards/schedule-session.server.ts';
import { createCase } from '@/lib/cases/create-case.server.ts';
import { db } from '@/lib/db/client.server.ts';
import type { World } from '../setup/world.ts';
import { testImages } from './images.ts';

/** A board of three centres' people with two cases to put before it. */
export type Board = { id: string; cases: [string, string] };
export type Session = { id: string; items: [string, string] };

/** Oncologist, surgeon and the nuclear physician of another centre are members; the chair leads it. */
export async function createTestBoard({ actors, centres }: World): Promise<Board> {
  const board = await createBoard(actors.secretary, {
    centreId: centres.IGR,
    title: 'Hodgkin',
    type: 'standard',
    requiredSpecialties: [],
    chairId: actors.chair.personId,
    memberIds: [actors.oncologist.personId, actors.surgeon.personId, actors.nuclear.personId],
  });
  const addCase = async (familyName: string) => {
    const { id } = await createCase(actors.secretary, {
      centreId: centres.IGR,
      patient: { familyName, givenName: 'Anne', birthDate: null, sex: 'F', identifier: '' },
      reason: 'Hodgkin',
      question: 'Which nodes?',
      diagnosis: '',
      stage: '',
      history: '',
    });
    return id;
  };
  const cases: [string, string] = [await addCase('Durand'), await addCase('Petit')];
  for (const [studyUid, series] of testImages) await addStudy(centres.IGR, studyUid, [...series], cases);
  return { id: board.id, cases };
}

/** A study as it is known here, without an object of it, attached to cases. Its id. */
export async function addStudy(
  centreId: string,
  studyInstanceUid: string,
  series: readonly string[],
  cases: readonly string[],
): Promise<string> {
  const { id } = await db().study.create({
    data: {
      centreId,
      studyInstanceUid,
      series: { create: series.map((seriesInstanceUid) => ({ seriesInstanceUid })) },
      cases: { create: cases.map((caseId) => ({ caseId })) },
    },
  });
  return id;
}

/** A session of tomorrow with both cases on its agenda. */
export async function createTestSession({ actors }: World, board: Board): Promise<Session> {
  const { id } = await scheduleSession(actors.secretary, board.id, {
    date: DateTime.now().plus({ days: 1 }).toFormat('yyyy-MM-dd'),
    time: '12:00',
    timeZone: 'Europe/Paris',
    durationMinutes: 60,
    place: '',
    meetingUrl: '',
  });
  const add = async (caseId: string) =>
    (await scheduleCase(actors.secretary, id, { caseId, plannedMinutes: 10 })).id;
  return { id, items: [await add(board.cases[0]), await add(board.cases[1])] };
}
