import type { Page } from '@playwright/test';

/**
 * Times of one page, in milliseconds since 1970 by that page's own clock (`performance.timeOrigin + performance.now()`,
 * which steps by 0.1 ms). It records and changes nothing.
 */
export type Recording = {
  /** `at`: the browser's own time of the event; `handled`: when the page's first listener ran. */
  inputs: { at: number; handled: number; type: string }[];
  sent: { at: number; text: string }[];
  received: { at: number; text: string }[];
  /** `at`: when `data-painted` grew; `next`: the beginning of the frame after it. */
  painted: { at: number; next: number; views: PaintedView[] }[];
};

/** What a viewport's attributes say of the frame that was painted. */
export type PaintedView = { id: string; focalMm: string; voi: string };

type RecordingWindow = Window & { recording: Recording; WebSocket: typeof WebSocket };

/** Runs in the page, before anything of its own. */
function record(): void {
  const here = window as unknown as RecordingWindow;
  const clock = (time: number) => performance.timeOrigin + time;
  const now = () => clock(performance.now());
  here.recording = { inputs: [], sent: [], received: [], painted: [] };

  for (const type of ['wheel', 'pointermove', 'click'])
    window.addEventListener(
      type,
      (event) => here.recording.inputs.push({ at: clock(event.timeStamp), handled: now(), type: event.type }),
      { capture: true, passive: true },
    );

  const isView = (data: unknown): data is string => typeof data === 'string' && data.startsWith('42["view"');
  here.WebSocket = class extends here.WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (isView(data)) here.recording.received.push({ at: now(), text: data });
      });
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (isView(data)) here.recording.sent.push({ at: now(), text: data });
      super.send(data);
    }
  };

  new MutationObserver(() => {
    const views = [...document.querySelectorAll<HTMLElement>('[data-viewport]')].map(({ dataset }) => ({
      id: dataset.viewport ?? '',
      focalMm: dataset.focalMm ?? '',
      voi: dataset.voi ?? '',
    }));
    const frame = { at: now(), next: Number.NaN, views };
    here.recording.painted.push(frame);
    requestAnimationFrame(() => {
      frame.next = now();
    });
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-painted'] });
}

/** Has every document that this page opens from now on recorded. */
export async function startRecording(page: Page): Promise<void> {
  // esbuild names inner functions by a helper that a page does not have.
  await page.addInitScript('globalThis.__name = (value) => value;');
  await page.addInitScript(record);
}

/** What was recorded since the last call. */
export function takeRecording(page: Page): Promise<Recording> {
  return page.evaluate(() => {
    const here = window as unknown as { recording: Recording };
    const taken = here.recording;
    here.recording = { inputs: [], sent: [], received: [], painted: [] };
    return taken;
  });
}

/** What was recorded last, and how much in all. */
export function latestOf(
  page: Page,
): Promise<{ count: number; sent: string | undefined; views: PaintedView[] }> {
  return page.evaluate(() => {
    const { recording } = window as unknown as { recording: Recording };
    return {
      count: Object.values(recording).reduce((sum, entries) => sum + entries.length, 0),
      sent: recording.sent.at(-1)?.text,
      views: recording.painted.at(-1)?.views ?? [],
    };
  });
}

/**
 * How far the clock of one page is ahead of another's, in ms, and by how much that may be wrong: each is asked many
 * times from here, and the quickest answer counts (its time lies between the question and the answer).
 */
export async function clockSkew(a: Page, b: Page, times = 200): Promise<{ ms: number; uncertainty: number }> {
  const ahead = async (page: Page) => {
    let best = { offset: 0, within: Number.POSITIVE_INFINITY };
    for (let i = 0; i < times; i += 1) {
      const asked = performance.now();
      const theirs = await page.evaluate(() => performance.timeOrigin + performance.now());
      const answered = performance.now();
      const within = (answered - asked) / 2;
      if (within < best.within)
        best = { offset: theirs - performance.timeOrigin - (asked + answered) / 2, within };
    }
    return best;
  };
  const [first, second] = [await ahead(a), await ahead(b)];
  return { ms: second.offset - first.offset, uncertainty: first.within + second.within };
}
