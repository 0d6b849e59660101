import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';
import config from '../../../playwright.config.ts';

type Answer = { id?: number; result?: unknown; error?: { message: string } };

/**
 * One page of a Chromium that nothing listens to but for what is asked in it: a test runner has the browser keep up to
 * 200 MB of what it fetched, which is not the page's memory.
 */
export class BarePage {
  private count = 0;
  private readonly waiting = new Map<number, (answer: Answer) => void>();

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly socket: WebSocket,
    private readonly sessionId: string,
  ) {
    socket.on('message', (data: Buffer) => {
      const answer = JSON.parse(data.toString()) as Answer;
      if (answer.id === undefined) return;
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
  }

  static async open(url: string, size: { width: number; height: number }): Promise<BarePage> {
    const { executablePath = '', args = [] } = config.use?.launchOptions ?? {};
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-chromium-'));
    const own = [
      '--headless',
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      `--window-size=${size.width},${size.height}`,
    ];
    const child = spawn(executablePath, [...args, ...own, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.once('exit', () => reject(new Error(`Chromium ended: ${said}`)));
      child.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
    });
    const socket = new WebSocket(address, { perMessageDeflate: false, maxPayload: 2 ** 28 });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const browser = new BarePage(child, folder, socket, '');
    const { targetId } = await browser.send<{ targetId: string }>('Target.createTarget', { url });
    const attached = { targetId, flatten: true };
    const { sessionId } = await browser.send<{ sessionId: string }>('Target.attachToTarget', attached);
    return new BarePage(child, folder, socket, sessionId);
  }

  /** The value of an expression in the page, of a promise what it resolves to. */
  async ask<T>(expression: string): Promise<T> {
    const given = { expression, awaitPromise: true, returnByValue: true };
    type Evaluated = { result: { value: T }; exceptionDetails?: { exception?: { description?: string } } };
    const { result, exceptionDetails } = await this.send<Evaluated>('Runtime.evaluate', given);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? expression);
    return result.value;
  }

  /** Until an expression is true, also in the next page. */
  async until(expression: string, patienceMs = 180_000): Promise<void> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      // While one page gives way to the next there is nobody to ask.
      if (await this.ask<boolean>(`Boolean(${expression})`).catch(() => false)) return;
      if (performance.now() > deadline) throw new Error(`Not within ${patienceMs} ms: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Operating-system numbers of the processes that hold pages. */
  async renderers(): Promise<number[]> {
    type Found = { processInfo: { type: string; id: number }[] };
    const { processInfo } = await this.send<Found>('SystemInfo.getProcessInfo', {}, '');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await gone;
    await fs.rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async send<T>(method: string, params: object, sessionId = this.sessionId): Promise<T> {
    this.count += 1;
    // Both who speak through one socket count for themselves.
    const id = this.count + (this.sessionId ? 1_000_000 : 0);
    const answer = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }));
    const { result, error } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result as T;
  }
}
