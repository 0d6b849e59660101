import v8 from 'node:v8';
import vm from 'node:vm';

/** Some thirty slices of a CT; far below the 64 MiB at which V8 marks its whole heap. */
const EVERY_BYTES = 16 * 1024 * 1024;

type Collect = (options: { type: 'minor' }) => void;

let received = 0;
let collect: Collect | undefined;

/**
 * Tells of bytes that came from a socket. Each read leaves a buffer outside of V8's heap that is done with in a moment,
 * and V8 counts them: at 64 MiB, which no flag changes, it marks the whole heap to be rid of them, a quarter of the
 * server's work while a study comes in. They are all young: collecting the young generation alone, every 16 MiB, frees
 * them in a millisecond, and the limit is seldom met.
 */
export function bytesReceived(bytes: number): void {
  received += bytes;
  if (received < EVERY_BYTES) return;
  received = 0;
  collect ??= collector();
  collect({ type: 'minor' });
}

/** V8's own `gc`, which is only there when asked for; the flag is set back so that no other context gets it. */
function collector(): Collect {
  v8.setFlagsFromString('--expose-gc');
  const gc = vm.runInNewContext('gc') as Collect;
  v8.setFlagsFromString('--no-expose-gc');
  // Freed by a thread of their own, while all cores are busy, they count on and on.
  v8.setFlagsFromString('--no-concurrent-array-buffer-sweeping');
  // What lives is little; helpers, while all cores are busy, are waited for longer than they help.
  v8.setFlagsFromString('--no-parallel-scavenge');
  return gc;
}
