import { expect, test } from '@playwright/test';
import { io } from 'socket.io-client';
import { PROTOCOL_VERSION } from '../../lib/live/protocol.ts';
import { demonstrationSession } from './room.ts';
import { origin, personIn } from './support.ts';

/** What is shared with nobody of a centre does not exist for that centre, by whatever door. */
test('the outsider is refused on pages, JSON, sockets and DICOM paths', async ({ browser }) => {
  const sessionId = await demonstrationSession(browser);
  const { context: chair } = await personIn(browser, 'chair@igr.demo');
  const { cases } = (await (await chair.request.get('/api/cases')).json()) as { cases: { id: string }[] };
  const { studies } = (await (await chair.request.get('/api/studies')).json()) as {
    studies: { id: string; studyInstanceUid: string }[];
  };
  const session = (await (await chair.request.get(`/api/sessions/${sessionId}`)).json()) as {
    agenda: { id: string }[];
  };
  const [study] = studies;
  const caseId = cases[0]?.id;
  const itemId = session.agenda[0]?.id;
  const paths = {
    pages: [
      `/sessions/${sessionId}`,
      `/sessions/${sessionId}/room`,
      `/cases/${caseId}`,
      `/cases/${caseId}/view`,
      `/studies/${study?.id}`,
      `/studies/${study?.id}/view`,
      `/decisions/${itemId}`,
    ],
    json: [
      `/api/sessions/${sessionId}`,
      `/api/cases/${caseId}`,
      `/api/studies/${study?.id}`,
      `/api/decisions/items/${itemId}`,
      `/api/decisions/items/${itemId}/pdf`,
    ],
    dicom: [
      `/dicomweb/studies/${study?.studyInstanceUid}/series`,
      `/dicomweb/studies/${study?.studyInstanceUid}/metadata`,
      `/dicomweb/cases/${caseId}/studies`,
      `/dicomweb/cases/${caseId}/studies/${study?.studyInstanceUid}/metadata`,
    ],
  };
  for (const path of [...paths.pages, ...paths.json, ...paths.dicom]) {
    expect((await chair.request.get(path)).status(), `the chair reads ${path}`).toBe(200);
  }

  const { context: outsider, page } = await personIn(browser, 'outsider@cgfl.demo');
  for (const path of [...paths.json, ...paths.dicom]) {
    const answer = await outsider.request.get(path);
    // A search within what one sees has an empty answer; everything else is not there.
    if (path.endsWith('/studies') && answer.status() === 200) expect(await answer.json()).toEqual([]);
    else expect(answer.status(), path).toBe(404);
  }
  for (const path of paths.pages) {
    await page.goto(path);
    await expect(page.getByRole('heading', { name: 'Page not found' }), path).toBeVisible();
  }
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Join' })).toHaveCount(0);

  const cookie = (await outsider.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const refused = await new Promise<string>((resolve) => {
    const socket = io(origin(), {
      path: '/live',
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: { cookie },
      auth: { sessionId, protocol: PROTOCOL_VERSION, lastSeq: 0 },
    });
    socket.on('connect', () => resolve('connected'));
    socket.on('connect_error', (error) => {
      socket.disconnect();
      resolve((error as Error & { data?: { code?: string } }).data?.code ?? error.message);
    });
  });
  expect(refused).toBe('not_found');
  await chair.close();
  await outsider.close();
});

test('nobody is let in without a sign-in', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: origin() });
  for (const path of ['/api/cases', '/api/sessions', '/dicomweb/studies']) {
    expect((await context.request.get(path)).status(), path).toBe(401);
  }
  const page = await context.newPage();
  await page.goto('/cases');
  await expect(page).toHaveURL(/sign-in/);
  await context.close();
});
