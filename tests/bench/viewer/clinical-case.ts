import { type APIRequestContext, request } from '@playwright/test';
import { hodgkinFiles, hodgkinPatient, wholeBody } from '@/lib/phantom/hodgkin.ts';
import { studyUid } from '@/lib/phantom/patient.ts';
import { DEMO_PASSWORD } from '../../../prisma/seed/people.ts';
import { caseOf, upload } from '../../e2e/case-of.ts';

/** Another patient than the demonstration's. */
const SEED = 7;
/** The whole body in as many CT slices as a radiotherapy department sends; PET and dose as the phantom has them. */
const extent = { ...wholeBody, planes: { ...wholeBody.planes, spacing: 3.25, count: 300 } };

/** The patient's name as the agenda shows it. */
export const CLINICAL_PATIENT = 'SYNTHETIQUE Clinique';

/**
 * Puts a patient of clinical size into a session's agenda: a CT of 300 slices of 512 × 512, a PET of 197 of 168 × 168,
 * a structure set with a contour on every slice, a plan and its dose.
 */
export async function addClinicalCase(origin: string, sessionId: string): Promise<void> {
  const chair = await request.newContext({ baseURL: origin });
  const secretary = await request.newContext({ baseURL: origin });
  try {
    await signIn(chair, 'chair@igr.demo');
    await signIn(secretary, 'secretary@igr.demo');
    await upload(
      secretary,
      [...hodgkinFiles(SEED, extent)].map(({ bytes }) => bytes),
    );
    const [familyName = '', givenName = ''] = CLINICAL_PATIENT.split(' ');
    const words = { familyName, givenName, question: 'Are contours and plan validated?' };
    const caseId = await caseOf(secretary, studyUid(hodgkinPatient(SEED)), words);
    const scheduled = await chair.post(`/api/sessions/${sessionId}/agenda`, { data: { caseId } });
    if (!scheduled.ok()) throw new Error(`The agenda answered ${scheduled.status()}`);
  } finally {
    await chair.dispose();
    await secretary.dispose();
  }
}

async function signIn(person: APIRequestContext, email: string): Promise<void> {
  const { csrfToken } = await (await person.get('/api/auth/csrf')).json();
  const form = { csrfToken, email, password: DEMO_PASSWORD, json: 'true' };
  await person.post('/api/auth/callback/credentials', { form });
}
