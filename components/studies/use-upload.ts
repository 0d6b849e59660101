'use client';

import { useEffect, useRef, useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { api } from '@/lib/http/api-client.ts';
import type { FileResult, StudySummary } from '@/lib/store/schema.ts';
import { type DroppedFile, dropName } from './read-drop.ts';
import { fileSender } from './send-file.ts';
import { dropLabel, type QueueSnapshot, UploadQueue } from './upload-queue.ts';

export type UploadPhase =
  | { name: 'idle' }
  | { name: 'reading'; found: number }
  | { name: 'opening' }
  | { name: 'queue'; snapshot: QueueSnapshot; results: readonly FileResult[] };

const DRAW_EVERY_MS = 150;
type Running = { id: string; centreId: string; label: string; queue: UploadQueue<DroppedFile> };

/** One drop after the other: opens its batch (or goes on with it), sends, and tells how far it is. */
export function useUpload(onUploaded: (studies: StudySummary[]) => void) {
  const [phase, setPhase] = useState<UploadPhase>({ name: 'idle' });
  const [problem, setProblem] = useState<string>();
  const running = useRef<Running>(undefined);
  const drawing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const say = useProblem();

  useEffect(
    () => () => {
      clearTimeout(drawing.current);
      running.current?.queue.stop();
    },
    [],
  );
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (running.current?.queue.snapshot().state === 'running') event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, []);

  const draw = () => {
    clearTimeout(drawing.current);
    drawing.current = undefined;
    const queue = running.current?.queue;
    if (queue) setPhase({ name: 'queue', snapshot: queue.snapshot(), results: [...queue.results] });
  };
  // Thousands of changes a second are drawn a few times a second.
  const drawSoon = () => {
    drawing.current ??= setTimeout(draw, DRAW_EVERY_MS);
  };

  const run = async ({ id, queue }: Running) => {
    await queue.start();
    draw();
    const { state, files } = queue.snapshot();
    if (state !== 'done' || files.failed > 0) return;
    await api('POST', `/api/uploads/${id}/finish`);
    const { studies } = await api<{ studies: StudySummary[] }>('GET', `/api/uploads/${id}/studies`);
    onUploaded(studies);
  };
  /** Whatever goes wrong outside of a file's own sending is said, and leaves what is there as it is. */
  const guard = async (work: () => Promise<void>) => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(say(error));
    }
  };
  const open = (centreId: string, label: string) =>
    api<{ id: string }>('POST', '/api/uploads', { centreId, label, resume: true });

  return {
    phase,
    problem,
    begin: (centreId: string, reading: (onFound: (found: number) => void) => Promise<DroppedFile[]>) =>
      guard(async () => {
        setPhase({ name: 'reading', found: 0 });
        try {
          const files = await reading((found) => setPhase({ name: 'reading', found }));
          if (files.length === 0) return setPhase({ name: 'idle' });
          setPhase({ name: 'opening' });
          const label = dropLabel(dropName(files), files);
          const { id } = await open(centreId, label);
          const { files: earlier } = await api<{ files: FileResult[] }>('GET', `/api/uploads/${id}`);
          const queue = new UploadQueue(files, earlier, {
            send: fileSender(id),
            sleep: sleepUntilOnline,
            onChange: drawSoon,
          });
          running.current = { id, centreId, label, queue };
        } catch (error) {
          setPhase({ name: 'idle' });
          throw error;
        }
        await run(running.current);
      }),
    cancel: () =>
      guard(async () => {
        const { current } = running;
        if (!current) return;
        current.queue.stop();
        draw();
        await api('POST', `/api/uploads/${current.id}/cancel`);
      }),
    resume: () =>
      guard(async () => {
        const { current } = running;
        if (!current) return;
        await open(current.centreId, current.label);
        await run(current);
      }),
    failed: () => running.current?.queue.failed ?? [],
    clear: () => {
      running.current = undefined;
      setPhase({ name: 'idle' });
      setProblem(undefined);
    },
  };
}

/** Waits, but not longer than until the browser is online again or the signal aborts. */
function sleepUntilOnline(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
