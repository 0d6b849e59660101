/** Real CTs with their structure sets, cropped round a sarcoma: few images, one structure. One patient per test. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { type APIRequestContext, expect } from '@playwright/test';

export type Sarcoma = '002' | '003';

const folderOf = (patient: Sarcoma): string => `../shared/data/ctptmr_sts_${patient}/CT`;
export const structureSetOf = (patient: Sarcoma): string => `${folderOf(patient)}/RTSTRUCT_CT.dcm`;

/** Its files' paths. */
export async function sarcomaFiles(patient: Sarcoma): Promise<string[]> {
  const entries = await fs.readdir(folderOf(patient), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.dcm'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Uploads it, and more files with it; puts its study into a case of its own, and gives the case's number. */
export async function sarcomaCase(
  request: APIRequestContext,
  patient: Sarcoma,
  familyName: string,
  more: readonly Buffer[] = [],
): Promise<string> {
  const { memberships } = await (await request.get('/api/account')).json();
  const centreId: string = memberships[0].centre.id;
  const upload = await (await request.post('/api/uploads', { data: { centreId } })).json();
  const files = await Promise.all((await sarcomaFiles(patient)).map((file) => fs.readFile(file)));
  for (const [index, data] of [...files, ...more].entries()) {
    const query = new URLSearchParams({ path: `${index}.dcm`, size: String(data.length) });
    expect((await request.put(`/api/uploads/${upload.id}/files?${query}`, { data })).ok()).toBe(true);
  }
  const { studies } = await (await request.get('/api/studies?limit=200')).json();
  const study = studies.find((one: { patientId: string }) => one.patientId.includes(`STS_${patient}`));
  const data = {
    centreId,
    patient: { familyName, givenName: 'TEST' },
    reason: 'Quality',
    question: 'Where?',
  };
  const { id } = await (await request.post('/api/cases', { data })).json();
  const joined = { studyId: study.id, confirmMismatch: true };
  expect((await request.post(`/api/cases/${id}/studies`, { data: joined })).ok()).toBe(true);
  return id;
}
