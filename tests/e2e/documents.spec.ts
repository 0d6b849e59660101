import { type Browser, expect, type Page, test } from '@playwright/test';
import { makeCt, newUid } from '../fixtures/dicom.ts';
import { basicTextReport, encapsulatedPdf, pdfOf } from '../fixtures/documents.ts';
import { expectAxeFindsNothing } from './axe.ts';
import { caseOf, upload } from './case-of.ts';
import { expectAllSame, type InRoom, join, openCase, room } from './room.ts';
import { personIn, viewport } from './support.ts';

/** Documents and reports that came with the images: read beside them, the same place for everybody. */
test.describe.configure({ mode: 'serial' });

const PATIENT = 'DOCUMENTS Test';
const RED = [230, 26, 26] as const;
const BLUE = [26, 51, 230] as const;
const share = (colour: readonly number[]) => colour.map((one) => one / 255) as [number, number, number];

let chair: InRoom;
let nuclear: InRoom;
const document = (page: Page) => page.locator('[data-document]');
const pageOf = (page: Page) => document(page).locator('[data-page]');

/** Sections enough for several windows. */
const sections = Array.from({ length: 12 }, (_, index) => [
  `Section ${index + 1}`,
  'Node station without uptake above the blood pool. '.repeat(20),
]) as [string, string][];

async function sessionWithDocuments(browser: Browser): Promise<string> {
  const { context } = await personIn(browser, 'secretary@igr.demo');
  const { request } = context;
  const studyUid = newUid();
  const [seriesUid, frameOfReferenceUid] = [newUid(), newUid()];
  const of = { studyUid, patientName: 'DOCUMENTS^Test' };
  const slices = [0, 3, 6, 9].map((z, index) =>
    makeCt({
      ...of,
      patientId: 'TEST-1',
      seriesUid,
      frameOfReferenceUid,
      z,
      instanceNumber: index + 1,
      rows: 64,
      columns: 64,
      value: z * 20,
    }),
  );
  const pdf = pdfOf([
    { colour: share(RED), words: 'Histology of the left axilla' },
    { colour: share(BLUE), words: 'Second page' },
  ]);
  await upload(request, [
    ...slices,
    encapsulatedPdf({ ...of, title: 'Histology' }, pdf),
    encapsulatedPdf({ ...of, title: 'Torn' }, Buffer.from('this is no PDF at all')),
    basicTextReport({ ...of, title: 'PET report' }, sections),
  ]);
  const words = { familyName: 'DOCUMENTS', givenName: 'Test', question: 'Which nodes?' };
  const caseId = await caseOf(request, studyUid, words);
  const alone = { studyUid: newUid(), patientName: 'PAPER^Test', title: 'Letter' };
  await upload(request, [encapsulatedPdf(alone, pdf)]);
  const paper = { ...words, familyName: 'PAPER', question: 'What now?' };
  const paperId = await caseOf(request, alone.studyUid, paper);
  const { boards } = await (await request.get('/api/boards')).json();
  const when = { date: '2031-06-10', time: '10:00' };
  const { id } = await (await request.post(`/api/boards/${boards[0].id}/sessions`, { data: when })).json();
  for (const data of [{ caseId }, { caseId: paperId }])
    expect((await request.post(`/api/sessions/${id}/agenda`, { data })).ok()).toBe(true);
  await context.close();
  return id;
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  const sessionId = await sessionWithDocuments(browser);
  chair = await join(browser, 'chair@igr.demo', sessionId);
  nuclear = await join(browser, 'nuclear@clb.demo', sessionId, {
    language: 'fr',
    viewport: { width: 1000, height: 900 },
  });
  await openCase(chair.page, PATIENT);
  await expectAllSame(chair.page, [nuclear.page]);
});
test.afterAll(async () => {
  for (const { page } of [chair, nuclear]) await page.context().close();
});

/** Colours of the page's canvas at a share of its width and height. */
const colourAt = (page: Page, x: number, y: number): Promise<number[]> =>
  document(page)
    .locator('canvas')
    .evaluate(
      (canvas: HTMLCanvasElement, [across, down]) => {
        const at = canvas
          .getContext('2d')
          ?.getImageData(
            Math.round((across ?? 0) * (canvas.width - 1)),
            Math.round((down ?? 0) * (canvas.height - 1)),
            1,
            1,
          );
        return [...(at?.data ?? [])].slice(0, 3);
      },
      [x, y],
    );

async function expectSame(): Promise<void> {
  for (const name of ['data-page', 'data-area']) {
    const value = await pageOf(chair.page).getAttribute(name);
    await expect(pageOf(nuclear.page)).toHaveAttribute(name, value ?? '');
  }
  await expectAllSame(chair.page, [nuclear.page]);
}

test('a document that the presenter opens is read by the follower, page by page', async () => {
  await chair.page.getByRole('button', { name: /^Histology/ }).click();
  for (const { page } of [chair, nuclear]) {
    await expect(pageOf(page)).toHaveAttribute('data-page', '1');
    await expect.poll(() => colourAt(page, 0.5, 0.5)).toEqual([...RED]);
    // The images stay beside it.
    await expect(viewport(page)).toBeVisible();
  }
  await expect(document(nuclear.page)).toContainText('Histology of the left axilla');
  await expect(nuclear.page.getByLabel('Page 1 sur 2')).toBeVisible();
  await chair.page.getByRole('button', { name: 'Next page' }).click();
  for (const { page } of [chair, nuclear])
    await expect.poll(() => colourAt(page, 0.5, 0.5)).toEqual([...BLUE]);
  await expectSame();
});

test('what the presenter reads closely is in the follower’s window, whatever its shape', async () => {
  const page = pageOf(chair.page);
  await page.focus();
  for (let press = 0; press < 6; press += 1) await chair.page.keyboard.press('+');
  for (let press = 0; press < 8; press += 1) {
    await chair.page.keyboard.press('ArrowRight');
    await chair.page.keyboard.press('ArrowDown');
  }
  // The black square in the page's corner stands in the corner of what is read.
  await expect(page).toHaveAttribute('data-area', / 1 1$/);
  await expectSame();
  for (const one of [chair, nuclear]) {
    await expect.poll(() => corner(one.page), { message: one.personId }).toEqual([0, 0, 0]);
    await expect.poll(() => colourAt(one.page, 0.5, 0.1)).toEqual([...BLUE]);
  }
});

/** The colour in the page's lower right corner, wherever in the window that is. */
async function corner(page: Page): Promise<number[]> {
  const box = await pageOf(page).boundingBox();
  const area = (await pageOf(page).getAttribute('data-area'))?.split(' ').map(Number) ?? [];
  const [left, top, right, bottom] = area as [number, number, number, number];
  if (!box) return [];
  const scale = Math.min(box.width / ((right - left) * 595), box.height / ((bottom - top) * 842));
  const [width, height] = [(right - left) * 595 * scale, (bottom - top) * 842 * scale];
  return colourAt(
    page,
    (box.width / 2 + width / 2 - 4) / box.width,
    (box.height / 2 + height / 2 - 4) / box.height,
  );
}

/** The item that stands first in the window. */
const firstWords = (page: Page): Promise<string> =>
  pageOf(page).evaluate((frame) => {
    const { top } = frame.getBoundingClientRect();
    const items = [...(frame.firstElementChild?.children ?? [])];
    const first = items.find((item) => item.getBoundingClientRect().bottom > top + 2);
    return /^Section \d+/.exec(first?.textContent ?? '')?.[0] ?? '';
  });

test('a report is written out, and scrolled for everybody to the same words', async () => {
  await chair.page.getByRole('button', { name: /^PET report/ }).click();
  for (const { page } of [chair, nuclear]) await expect(document(page)).toContainText('Section 12');
  await expect(document(nuclear.page)).toContainText('Non validé');
  await pageOf(chair.page).hover();
  for (let notch = 0; notch < 4; notch += 1) await chair.page.mouse.wheel(0, 200);
  await expect
    .poll(async () => Number(await pageOf(chair.page).getAttribute('data-page')))
    .toBeGreaterThan(2);
  await expectSame();
  const first = await firstWords(chair.page);
  expect(first).toMatch(/^Section \d+/);
  expect(await firstWords(nuclear.page)).toBe(first);
  // The follower is still led: what the browser scrolled is nobody's act.
  await expect(room(nuclear.page)).toHaveAttribute('data-following', 'true');
});

test('a document that is none is said to be so, to the presenter as well', async () => {
  await chair.page.getByRole('button', { name: /^Torn/ }).click();
  await expect(document(chair.page)).toContainText('cannot be shown');
  await expect(document(nuclear.page)).toContainText('ne peut pas être affiché');
  await expect(room(nuclear.page)).toHaveAttribute('data-standing', 'cannot');
});

test('is closed by key for everybody, and opened again', async () => {
  await viewport(chair.page).hover();
  await chair.page.keyboard.press('Shift+O');
  for (const { page } of [chair, nuclear]) await expect(document(page)).toHaveCount(0);
  await expectAllSame(chair.page, [nuclear.page]);
  await chair.page.keyboard.press('Shift+O');
  for (const { page } of [chair, nuclear]) await expect(document(page)).toHaveCount(1);
  await expectAxeFindsNothing(chair.page);
  await chair.page.getByRole('button', { name: /^Close the document/ }).click();
  for (const { page } of [chair, nuclear]) await expect(document(page)).toHaveCount(0);
});

test('a case of documents alone is read together too', async () => {
  await chair.page.getByRole('button', { name: 'Open case: PAPER Test' }).click();
  await expect(chair.page.getByText('No images are attached.')).toBeVisible();
  await chair.page.getByRole('button', { name: /^Letter/ }).click();
  for (const { page } of [chair, nuclear])
    await expect.poll(() => colourAt(page, 0.5, 0.5)).toEqual([...RED]);
  await chair.page.getByRole('button', { name: 'Next page' }).click();
  await expect.poll(() => colourAt(nuclear.page, 0.5, 0.5)).toEqual([...BLUE]);
  await expect(room(nuclear.page)).toHaveAttribute('data-standing', 'with');
  await expect(chair.page.locator(`[data-person="${nuclear.personId}"] [data-standing]`)).toHaveText(
    'sees this',
  );
});
