import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type APIRequestContext, type Browser, expect, test } from '@playwright/test';
import { expectAllSame, join, openCase, scroll } from '../e2e/room.ts';
import { personIn, pixelDifference, viewport, waitUntilPainted } from '../e2e/support.ts';

const run = promisify(execFile);

/** Brings a real set in by the command, beside the running server. */
async function importSet(path: string): Promise<void> {
  const env = { ...process.env, DATA_DIR: process.env.SHARED_DATA_DIR, LOG_LEVEL: 'error' };
  await run('npm', ['run', '-s', 'import', '--', `../shared/data/${path}`, '--centre', 'IGR'], {
    env,
    maxBuffer: 1e8,
  });
}

async function post<T>(request: APIRequestContext, path: string, data: unknown): Promise<T> {
  const answer = await request.post(path, { data });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return (await answer.json().catch(() => ({}))) as T;
}

/** A case with these studies on the agenda of a new session of the demonstration's board. */
async function sessionOver(
  browser: Browser,
  familyName: string,
  studyFilter: (study: { patientId: string; patientName: string }) => boolean,
): Promise<string> {
  const { context } = await personIn(browser, 'secretary@igr.demo');
  const { request } = context;
  const account = await (await request.get('/api/account')).json();
  const centreId = account.memberships[0].centre.id as string;
  const { boards } = await (await request.get('/api/boards')).json();
  const board = boards.find((one: { title: string }) => one.title.includes('Hodgkin'));
  const date = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const session = await post<{ id: string }>(request, `/api/boards/${board.id}/sessions`, {
    date,
    time: '08:00',
  });
  const made = await post<{ id: string }>(request, '/api/cases', {
    centreId,
    reason: 'Relecture',
    question: 'Volumes ?',
    patient: { familyName },
  });
  const { studies } = await (await request.get('/api/studies?limit=200')).json();
  const wanted = studies.filter(studyFilter);
  expect(wanted.length).toBeGreaterThan(0);
  for (const study of wanted) {
    await post(request, `/api/cases/${made.id}/studies`, { studyId: study.id, confirmMismatch: true });
  }
  await post(request, `/api/sessions/${session.id}/agenda`, { caseId: made.id });
  await context.close();
  return session.id;
}

test('three centres read a real CT with its structure set', async ({ browser }) => {
  test.setTimeout(300_000);
  await importSet('ct_rtstruct_lung1_001');
  const sessionId = await sessionOver(browser, 'LUNG1-001', (study) => study.patientId === 'LUNG1-001');
  const chair = await join(browser, 'chair@igr.demo', sessionId);
  const nuclear = await join(browser, 'nuclear@clb.demo', sessionId);
  const physicist = await join(browser, 'physicist@clb.demo', sessionId);
  const others = [nuclear.page, physicist.page];
  await openCase(chair.page, 'LUNG1-001');
  for (const page of others) {
    await waitUntilPainted(page);
    await expect(page.locator('[data-viewer]')).toHaveAttribute('data-complete', 'true', { timeout: 60_000 });
  }
  await expect(viewport(chair.page)).not.toHaveAttribute('data-rois', '');
  await expectAllSame(chair.page, others);
  await scroll(chair.page, 12);
  await chair.page.keyboard.press('2');
  await chair.page.getByRole('checkbox', { name: 'Lung-Left' }).uncheck();
  await chair.page.keyboard.press('+');
  await expect(viewport(chair.page)).toHaveAttribute('data-voi', '-600.0,1500.0');
  await expectAllSame(chair.page, others);
  for (const page of others) {
    await expect.poll(() => pixelDifference(chair.page, page)).toBeLessThan(0.5);
  }
  for (const one of [chair, nuclear, physicist]) await one.page.context().close();
});

test('a structure set of another space is refused with its reason, and nothing of it is drawn', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  await importSet('geometry_odd');
  await importSet('rt_breast_dicompyler/rtss.dcm');
  const sessionId = await sessionOver(browser, 'ODD', (study) =>
    ['dicom2nifti', '123456'].includes(study.patientId),
  );
  const chair = await join(browser, 'chair@igr.demo', sessionId);
  await openCase(chair.page, 'ODD');
  await expect(chair.page.getByText(/^Not drawn: /).first()).toBeVisible();
  await expect(viewport(chair.page)).toHaveAttribute('data-rois', '');
  await chair.page.context().close();
});
