import { constants, createPrivateKey, X509Certificate } from 'node:crypto';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import { log } from '@/lib/log.server.ts';
import { Association } from './association.server.ts';
import { sendsWithoutReading } from './early-answer.ts';
import { DimseError } from './errors.ts';
import { associations, rejected } from './metrics.server.ts';
import { negotiate, type Rights } from './negotiate.ts';
import {
  APPLICATION_CONTEXT,
  type AssociateReject,
  decodeAssociateRequest,
  encodeAssociateAccept,
  encodeReject,
  PDU,
} from './pdu.ts';
import { serveAssociation } from './serve-association.server.ts';
import { type Admission, type Caller, type FindDestination, nodeActor, type Session } from './session.ts';
import { DEFAULT_TIMES, type Times } from './times.ts';
import type { TlsFiles } from './tls-files.server.ts';
import { TLS_PROFILE } from './tls-profile.ts';

export type ListenerOptions = {
  host: string;
  port: number;
  /** With `tls` only. */
  tlsPort?: number;
  tls?: TlsFiles;
  aeTitle: string;
  /**
   * Who calls and what it may do. The fingerprint (SHA-256) is of the client's certificate, which the authorities in
   * `tls.ca` signed; null without TLS.
   */
  admit: (
    callingAeTitle: string,
    calledAeTitle: string,
    remoteAddress: string,
    certificateFingerprint: string | null,
  ) => Promise<Admission> | Admission;
  destination?: FindDestination;
  /** Associations at a time, over both ports. */
  maxAssociations?: number;
  times?: Times;
};

export type Listener = {
  port: number;
  tlsPort: number | null;
  /** Whether callers are taken at the moment. */
  listening: () => boolean;
  /** Certificates for the callers from now on; who is connected stays so. Throws for files that are no certificates. */
  renewTls: (files: TlsFiles) => void;
  /** Takes no more callers, breaks off who says nothing, lets what is under way end for a moment. */
  close: () => Promise<void>;
};

const MAX_ASSOCIATIONS = 64;
const CLOSE_MS = 3000;
const limitOf = (options: ListenerOptions): number => options.maxAssociations ?? MAX_ASSOCIATIONS;
/** A-ASSOCIATE-RJ: result, source, reason of PS3.8 table 9-21. */
const REJECT = {
  application: { result: 1, source: 1, reason: 2 },
  calling: { result: 1, source: 1, reason: 3 },
  called: { result: 1, source: 1, reason: 7 },
  full: { result: 2, source: 3, reason: 2 },
} as const satisfies Record<string, AssociateReject>;

/** Opens the DICOM door (service class provider). Throws an Error with one clear line when a port is taken. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const sockets = new Map<Socket, Association>();
  const accept = (socket: Socket) => void admitCaller(socket, options, sockets);
  const plain = net.createServer(accept);
  const secure = options.tls && options.tlsPort !== undefined ? secureServer(options.tls, accept) : undefined;
  // Handshakes of TLS are counted by the server itself, before they become sockets here.
  if (secure) secure.maxConnections = limitOf(options) * 2;
  const servers = secure ? [plain, secure] : [plain];
  try {
    await listen(plain, options.port, options.host, 'DICOM_PORT');
    if (secure) await listen(secure, options.tlsPort ?? 0, options.host, 'DICOM_TLS_PORT');
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
  return {
    port: (plain.address() as AddressInfo).port,
    tlsPort: secure ? (secure.address() as AddressInfo).port : null,
    listening: () => servers.every((server) => server.listening),
    renewTls: (files) => {
      const context = contextOf(files);
      // One that cannot be made must not take the place of the one in use.
      tls.createSecureContext(context);
      secure?.setSecureContext(context);
    },
    close: async () => {
      const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      const abort = (whom: (association: Association) => boolean) => {
        for (const association of sockets.values()) if (whom(association)) association.abort();
      };
      abort((association) => association.idle);
      const timer = setTimeout(() => abort(() => true), CLOSE_MS);
      await Promise.all(closed);
      clearTimeout(timer);
    },
  };
}

/** Throws an Error with one clear line for a key of another certificate, which OpenSSL takes without a word. */
function contextOf(files: TlsFiles): tls.SecureContextOptions {
  if (!new X509Certificate(files.cert).checkPrivateKey(createPrivateKey(files.key)))
    throw new Error('server.key is not the key of server.crt');
  return {
    ...TLS_PROFILE,
    ...files,
    // A resumed session would show no certificate, and the caller is known by it.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

function secureServer(files: TlsFiles, accept: (socket: Socket) => void): tls.Server {
  const server = tls.createServer(
    { ...contextOf(files), requestCert: true, rejectUnauthorized: true, handshakeTimeout: 15_000 },
    accept,
  );
  server.on('tlsClientError', (error) => log.info({ reason: error.message }, 'DICOM caller refused by TLS'));
  return server;
}

function listen(server: Server, port: number, host: string, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`${name} ${port} is in use`) : error),
    );
    server.listen(port, host, () => {
      server.on('error', (error) => log.error({ err: error }, 'DICOM listener'));
      resolve();
    });
  });
}

async function admitCaller(
  socket: Socket,
  options: ListenerOptions,
  sockets: Map<Socket, Association>,
): Promise<void> {
  // Twice as many may knock as can come in: those get a polite no, the ones beyond none at all.
  if (sockets.size >= limitOf(options) * 2) {
    socket.on('error', () => undefined);
    socket.destroy();
    return;
  }
  const association = new Association(socket, options.times ?? DEFAULT_TIMES);
  sockets.set(socket, association);
  associations.inc();
  socket.once('close', () => {
    sockets.delete(socket);
    associations.dec();
  });
  try {
    const session = await handshake(association, options, sockets);
    if (session) await serveAssociation(session);
  } catch (error) {
    if (error instanceof DimseError) {
      log.info(
        { code: error.code, detail: error.detail, from: socket.remoteAddress },
        'No DICOM association',
      );
    } else log.error({ err: error }, 'DICOM listener');
    association.abort();
  }
}

async function handshake(
  association: Association,
  options: ListenerOptions,
  sockets: ReadonlyMap<Socket, Association>,
): Promise<Session | undefined> {
  const { socket } = association;
  const { pdu, body } = await association.receivePdu();
  if (pdu !== PDU.associateRq) throw new DimseError('protocol_error', `PDU ${pdu} before an association`);
  const request = decodeAssociateRequest(body);
  const { callingAeTitle, calledAeTitle } = request;
  const reject = (reason: AssociateReject, why: string): undefined => {
    log.info(
      { callingAeTitle, calledAeTitle, from: socket.remoteAddress, why },
      'DICOM association rejected',
    );
    rejected.inc({ why });
    association.end(encodeReject(reason));
  };
  // Silent connections do not count: they must not keep out who has something to say.
  const open = [...sockets.values()].filter((one) => one.established && !one.failed).length;
  if (open >= limitOf(options)) return reject(REJECT.full, 'too many associations');
  if (request.applicationContext !== APPLICATION_CONTEXT)
    return reject(REJECT.application, 'application context');
  if (calledAeTitle !== options.aeTitle.trim()) return reject(REJECT.called, 'called AE title');
  const fingerprint = socket instanceof tls.TLSSocket ? socket.getPeerCertificate().fingerprint256 : null;
  const admission = await options.admit(
    callingAeTitle,
    calledAeTitle,
    socket.remoteAddress ?? '',
    fingerprint ?? null,
  );
  if (admission.kind === 'refuse') return reject(REJECT.calling, 'calling AE title');
  const { accept, contexts } = negotiate(request, rightsOf(admission));
  association.establish(contexts, request.user.maxLength);
  await association.write(encodeAssociateAccept(accept));
  if (sendsWithoutReading(request.user.implementationVersion)) association.hurryAcknowledgements();
  const centreId = admission.kind === 'node' ? admission.node.centreId : admission.centreId;
  return {
    association,
    caller: admission,
    actor: nodeActor(centreId, callingAeTitle),
    centreId,
    callingAeTitle,
    ownAeTitle: options.aeTitle,
    destination: options.destination ?? (() => undefined),
  };
}

/** Whoever is not known may bring objects, which are put aside, and nothing else. */
function rightsOf(caller: Caller): Rights {
  return caller.kind === 'node' ? caller.node : { mayStore: true, mayQuery: false, mayRetrieve: false };
}
