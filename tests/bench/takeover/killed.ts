import { randomUUID } from 'node:crypto';
import { RoomClient } from '@/lib/live/client.ts';
import type { SharedView } from '@/lib/live/protocol.ts';
import { Balancer } from '../../live/processes/many.ts';
import { viewAt } from '../../live/view-at.ts';
import type { Stage } from './stage.ts';

const TICK_MS = 33;
const GIVE_UP_MS = 30_000;

/**
 * One meeting over three processes, of which the authority is killed while the chair presents thirty views a second.
 * Returns how long, in ms, until a follower at a process that lives shows a view that was made after the kill.
 * @param presenterAt `authority`: the presenter is connected to the process that dies, and dials again by the balancer
 */
export async function killAuthority(stage: Stage, presenterAt: 'authority' | 'elsewhere'): Promise<number> {
  const processes = await Promise.all([stage.process(), stage.process(), stage.process()]);
  const [authority, second, third] = processes;
  const session = await stage.session();
  const sessionId = session.id;
  const [chairToken, otherToken, surgeonToken] = stage.tokens;
  // Whoever enters first makes its process the authority.
  const starter = new RoomClient({ url: authority.origin, sessionId, token: surgeonToken });
  await until(() => starter.state.connection === 'live');
  const order = presenterAt === 'authority' ? [authority, second, third] : [second, third];
  const balancer = await Balancer.start(order.map(({ port }) => port));
  const chair = new RoomClient({ url: balancer.origin, sessionId, token: chairToken });
  let shown: SharedView | null = null;
  const follower = new RoomClient(
    { url: third.origin, sessionId, token: otherToken },
    {
      onView: (view) => {
        shown = view;
      },
    },
  );
  await until(() => chair.state.connection === 'live' && follower.state.connection === 'live');
  await chair.command({ type: 'item.open', clientId: randomUUID(), itemId: session.items[0] });
  let count = 0;
  const z = () => shown?.view.viewports[0]?.focalMm?.[2] ?? -1;
  const hand = setInterval(() => {
    count += 1;
    chair.moved(viewAt(count));
  }, TICK_MS);
  await until(() => z() > 30);
  await authority.kill();
  const killedAt = performance.now();
  const countAtKill = count;
  await until(() => z() > countAtKill);
  const took = performance.now() - killedAt;
  clearInterval(hand);
  for (const client of [starter, chair, follower]) client.close();
  await balancer.close();
  await Promise.all([second.kill(), third.kill()]);
  return took;
}

async function until(so: () => boolean): Promise<void> {
  const deadline = performance.now() + GIVE_UP_MS;
  while (!so()) {
    if (performance.now() > deadline) throw new Error('It did not come to be within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
