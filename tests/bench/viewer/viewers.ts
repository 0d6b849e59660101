import type { BrowserContext, Page } from '@playwright/test';
import { signIn } from '../../e2e/support.ts';

/** One program that shows the study, and how it is used and read. Conditions are told in the page's own words. */
export type ViewerUnderTest = {
  name: string;
  /** The page that opens the study. */
  url: string;
  /** The canvas of the picture. */
  canvas: string;
  /** The image that it shows first, counted from the head, by its own convention. */
  firstSlice: number;
  /** Before the first page: a session, or a tour that was seen. */
  prepare: (context: BrowserContext) => Promise<void>;
  /** True in the page when the viewer has started: its own code is there, and a browser may have kept it. */
  started: string;
  /** True in the page when every image of the series is decoded and kept. */
  allDecoded: string;
  /** What a reader does to have the contours drawn, if anything. */
  askForContours: (page: Page) => Promise<void>;
  /** True in the page when contours lie over the picture. */
  contoursDrawn: string;
};

/** Consilium: the middle image first; contours come by themselves. */
export function consilium(origin: string, studyId: string, slices: number): ViewerUnderTest {
  return {
    name: 'Consilium',
    url: `${origin}/studies/${studyId}/view`,
    canvas: ':is([data-viewport], [data-first-look]) canvas',
    firstSlice: Math.floor(slices / 2),
    prepare: (context) => signIn(context, 'secretary@igr.demo', origin),
    started: `document.querySelector('[data-painted]') !== null`,
    allDecoded: `document.querySelector('[data-painted]') !== null && document.querySelector('[data-viewer] progress') === null`,
    askForContours: async () => undefined,
    contoursDrawn: `(document.querySelector('[data-viewport]')?.dataset.rois ?? '') !== ''`,
  };
}

/** OHIF: the first image first; contours after the structure set is opened by a double click. */
export function ohif(origin: string, studyUid: string, slices: number): ViewerUnderTest {
  return {
    name: 'OHIF',
    url: `${origin}/viewer?StudyInstanceUIDs=${studyUid}`,
    canvas: '.cornerstone-canvas',
    firstSlice: 0,
    prepare: async (context) => {
      await context.addInitScript(() => localStorage.setItem('shownTours', '["basicViewerTour"]'));
    },
    started: `window.cornerstone !== undefined`,
    allDecoded: `(window.cornerstone?.cache.getCacheSize() ?? 0) >= ${slices * 512 * 512 * 2}`,
    askForContours: async (page) => {
      // Earlier a double click is lost.
      await page.evaluate(() => window.eye.until(() => window.eye.first !== null));
      await page.getByText('Contours ISRT').first().dblclick();
    },
    contoursDrawn: `[...document.querySelectorAll('.svg-layer :is(path, polyline, polygon)')].some((one) => !one.closest('defs'))`,
  };
}
