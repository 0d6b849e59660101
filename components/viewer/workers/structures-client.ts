import type { Answer, Kind, Question } from './structures-messages.ts';

type Answered = { id: number; answer: unknown } | { id: number; error: string };

/** Volumes, agreement, DVHs and segmentations' outlines, computed beside the page; the worker starts when first asked. */
export class StructuresWorker {
  private worker: Worker | null = null;
  private readonly waiting = new Map<
    number,
    { resolve: (answer: never) => void; reject: (error: Error) => void }
  >();
  private last = 0;
  private closed = false;

  /** Rejects when the worker fails, or is closed before it has answered. */
  ask<K extends Kind>(question: Question<K>): Promise<Answer<K>> {
    if (this.closed) return Promise.reject(new Error('closed'));
    const worker = this.worker ?? this.start();
    this.last += 1;
    const id = this.last;
    return new Promise<Answer<K>>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ id, question });
    });
  }

  close(): void {
    this.closed = true;
    this.worker?.terminate();
    this.failAll('closed');
  }

  private start(): Worker {
    const worker = new Worker(new URL('./structures-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Answered>) => {
      const one = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if ('error' in data) one?.reject(new Error(data.error));
      else one?.resolve(data.answer as never);
    };
    worker.onerror = (event) => {
      this.worker = null;
      this.failAll(event.message);
    };
    this.worker = worker;
    return worker;
  }

  private failAll(message: string): void {
    for (const { reject } of this.waiting.values()) reject(new Error(message));
    this.waiting.clear();
  }
}
