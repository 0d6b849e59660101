import WebSocket from 'ws';
import { backAfterMs } from '@/lib/live/dialling.ts';
import { PROTOCOL_VERSION } from '@/lib/live/protocol.ts';

/** Many tabs that come back by themselves, by Engine.IO's and Socket.IO's frames: the load must cost little. */
export class Crowd {
  private readonly lost = new Map<number, number>();
  private readonly sockets = new Map<number, WebSocket>();
  /** How long each return took, from the loss of the connection to the snapshot, in ms. */
  readonly returns: number[] = [];
  private present = 0;
  private closed = false;

  constructor(
    private readonly sessionId: string,
    private readonly tokens: readonly string[],
    /** The ports that a load balancer would lead to now. */
    private readonly ports: () => readonly number[],
  ) {}

  get here(): number {
    return this.present;
  }

  enter(index: number): void {
    const ports = this.ports();
    const port = ports[index % ports.length];
    const socket = new WebSocket(`ws://127.0.0.1:${port}/live/?EIO=4&transport=websocket`, {
      perMessageDeflate: false,
    });
    this.sockets.set(index, socket);
    let inside = false;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (inside) {
        this.present -= 1;
        this.lost.set(index, performance.now());
      }
      if (!this.closed) setTimeout(() => this.enter(index), backAfterMs());
    });
    const token = this.tokens[index % this.tokens.length];
    const greeting = { sessionId: this.sessionId, protocol: PROTOCOL_VERSION, token };
    socket.on('message', (data: Buffer) => {
      const start = data.toString('latin1', 0, 14);
      if (start[0] === '0') socket.send(`40${JSON.stringify(greeting)}`);
      else if (start === '2') socket.send('3');
      else if (start.startsWith('44')) socket.close();
      else if (!inside && start.startsWith('42["snapshot"')) {
        inside = true;
        this.present += 1;
        const since = this.lost.get(index);
        if (since !== undefined) this.returns.push(performance.now() - since);
        this.lost.delete(index);
      }
    });
  }

  close(): void {
    this.closed = true;
    for (const socket of this.sockets.values()) socket.terminate();
  }
}
