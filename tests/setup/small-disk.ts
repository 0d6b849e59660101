import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { stopDiskThreads } from '@/lib/store/disk-threads.server.ts';
import { closeBlobFolders } from '@/lib/store/paths.server.ts';

const run = promisify(execFile);

export type SmallDisk = {
  /** Where it can be written to; not always the folder that was given. */
  path: string;
  remove: () => Promise<void>;
};

/**
 * A real file system of a few megabytes, to fill it up: a tmpfs mounted on an empty folder. Who may not mount gets
 * it in a user namespace of a helper process, and reaches into it through /proc.
 */
export async function smallDisk(folder: string, megabytes: number): Promise<SmallDisk> {
  const options = `size=${megabytes}m`;
  try {
    await run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
    return {
      path: folder,
      remove: async () => {
        await stopDiskThreads();
        await closeBlobFolders();
        await run('umount', [folder]);
      },
    };
  } catch {
    const script = `mount -t tmpfs -o ${options} tmpfs "$0" && echo mounted && exec cat`;
    const helper = spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', script, folder]);
    const [first] = await Promise.race([once(helper.stdout, 'data'), once(helper, 'exit')]);
    if (String(first).trim() !== 'mounted') throw new Error('Neither mount nor unshare may be used here');
    return {
      path: `/proc/${helper.pid}/root${folder}`,
      remove: async () => {
        await stopDiskThreads();
        await closeBlobFolders();
        helper.stdin.end();
        await once(helper, 'exit');
      },
    };
  }
}
