import { type ChildProcess, spawn } from 'node:child_process';
import net from 'node:net';

/** One room process of its own. */
export class RoomProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static start(env: { DATABASE_URL: string; REDIS_URL: string; PORT?: string }): Promise<RoomProcess> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/live/processes/room-process.ts'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, LOG_LEVEL: 'silent', ...env },
    });
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`A room process stopped (${code})`)));
      child.stdout?.on('data', (chunk: Buffer) => {
        const port = /ready (\d+)/.exec(chunk.toString())?.[1];
        if (port) resolve(new RoomProcess(child, Number(port)));
      });
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Stands still, as a machine that is swapping or a paused virtual one does. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await gone;
  }
}

/** Leads each connection to one of these ports in turn, past those that are closed: any load balancer. */
export class Balancer {
  private next = 0;
  private readonly open = new Set<net.Socket>();
  private readonly server = net.createServer((socket) => this.lead(socket, this.ports.length));

  private constructor(private readonly ports: number[]) {}

  static async start(ports: number[]): Promise<Balancer> {
    const balancer = new Balancer(ports);
    await new Promise<void>((resolve) => balancer.server.listen(0, '127.0.0.1', resolve));
    return balancer;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as net.AddressInfo).port}`;
  }

  close(): Promise<unknown> {
    for (const socket of this.open) socket.destroy();
    return new Promise((resolve) => this.server.close(resolve));
  }

  private lead(socket: net.Socket, tries: number): void {
    socket.on('error', () => undefined);
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket));
    const port = this.ports[this.next++ % this.ports.length] ?? 0;
    const onward = net.connect(port, '127.0.0.1');
    onward.once('connect', () => {
      socket.pipe(onward).pipe(socket);
      socket.on('close', () => onward.destroy());
      onward.on('close', () => socket.destroy());
    });
    onward.on('error', () => {
      if (onward.pending && tries > 1) this.lead(socket, tries - 1);
      else socket.destroy();
    });
  }
}
