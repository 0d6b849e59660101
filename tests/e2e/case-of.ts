import { type APIRequestContext, expect } from '@playwright/test';

/** Uploads a study's files one by one, as a browser does. */
export async function upload(request: APIRequestContext, files: readonly Uint8Array[]): Promise<void> {
  const { id } = await (
    await request.post('/api/uploads', { data: { centreId: await ownCentre(request) } })
  ).json();
  for (const [index, data] of files.entries()) {
    const query = new URLSearchParams({ path: `${index}.dcm`, size: String(data.length) });
    const sent = await request.put(`/api/uploads/${id}/files?${query}`, { data: Buffer.from(data) });
    expect(JSON.parse((await sent.text()).trim())).toMatchObject({ outcome: 'taken' });
  }
}

/** Puts an uploaded study into a case of its own; gives the case's number. */
export async function caseOf(
  request: APIRequestContext,
  studyUid: string,
  words: { familyName: string; givenName: string; question: string },
): Promise<string> {
  const { studies } = await (await request.get('/api/studies')).json();
  const study = studies.find((one: { studyInstanceUid: string }) => one.studyInstanceUid === studyUid);
  const { question, ...patient } = words;
  const made = await request.post('/api/cases', {
    data: { centreId: await ownCentre(request), patient, reason: 'Test', question },
  });
  const { id } = await made.json();
  const data = { studyId: study.id, confirmMismatch: true };
  expect((await request.post(`/api/cases/${id}/studies`, { data })).ok()).toBe(true);
  return id;
}

async function ownCentre(request: APIRequestContext): Promise<string> {
  const { memberships } = await (await request.get('/api/account')).json();
  return memberships[0].centre.id;
}
