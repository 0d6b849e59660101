import { Crowd } from './crowd.ts';
import type { Stage } from './stage.ts';

const GIVE_UP_MS = 120_000;

export type Rolling = { tabs: number; returns: number[] };

/** Many tabs at two processes, which are stopped and started again one after the other, as a deployment does. */
export async function rollingRestart(stage: Stage, tabs: number): Promise<Rolling> {
  const processes = await Promise.all([stage.process(), stage.process()]);
  const open = new Set(processes.map(({ port }) => port));
  const { id } = await stage.session();
  const crowd = new Crowd(id, stage.tokens, () => [...open]);
  for (let index = 0; index < tabs; index += 1) {
    crowd.enter(index);
    if (index % 100 === 99) await until(() => crowd.here > index - 50);
  }
  await until(() => crowd.here === tabs);
  for (const [at, process] of processes.entries()) {
    open.delete(process.port);
    await process.stop();
    const next = await stage.process(process.port);
    processes[at] = next;
    open.add(next.port);
    await until(() => crowd.here === tabs);
  }
  crowd.close();
  await Promise.all(processes.map((one) => one.kill()));
  return { tabs, returns: crowd.returns };
}

async function until(so: () => boolean): Promise<void> {
  const deadline = performance.now() + GIVE_UP_MS;
  while (!so()) {
    if (performance.now() > deadline) throw new Error('Not everybody was there within two minutes');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
