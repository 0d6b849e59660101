import fs from 'node:fs/promises';

/**
 * What a process holds, in bytes: memory without a file behind it, and what it shares with the browser's other processes
 * (pixels on their way, canvases). Nothing of a process that has ended.
 */
export async function residentBytes(pid: number): Promise<number> {
  const status = await fs.readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0);
  return (kilobytes('RssAnon') + kilobytes('RssShmem')) * 1024;
}
