import { type ChildProcess, spawn } from 'node:child_process';
import net from 'node:net';

export type ServerProcess = {
  origin: string;
  port: number;
  pid: number;
  output: () => string;
  /** SIGTERM and wait; resolves with the exit code. */
  stop: () => Promise<number | null>;
  /** kill -9 of the whole process group, as a crash or the out-of-memory killer would. */
  kill: () => Promise<void>;
};

/** Starts the built server in a process group of its own and waits for its `ready` line. Throws with its output. */
export async function startServer(options: {
  dataDir: string;
  port?: number;
  env?: Record<string, string>;
}): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=64', '--enable-source-maps', 'dist/server.mjs'],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'production' as const,
        UV_THREADPOOL_SIZE: '16', // as ./start sets it
        PORT: String(port),
        DICOM_PORT: String(await freePort()),
        DATA_DIR: options.dataDir,
        LOG_LEVEL: 'warn',
        DEMO: '1',
        ...options.env,
      },
    },
  );
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  await ready(child, () => output);
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return {
    origin: `http://localhost:${port}`,
    port,
    pid: child.pid ?? 0,
    output: () => output,
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
    kill: async () => {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      await exited;
    },
  };
}

function ready(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (/^ready http/m.test(output())) resolve();
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) =>
      reject(new Error(`The server stopped (${code}) before it was ready:\n${output()}`)),
    );
  });
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
