import { DimseError } from './errors.ts';

/**
 * The protocol data units of the DICOM upper layer (PS3.8 9.3) as plain values. Pure: no socket, and no allocation of
 * what is merely claimed. What cannot be read throws DimseError `protocol_error`, never anything else.
 */
export const PDU = {
  associateRq: 0x01,
  associateAc: 0x02,
  associateRj: 0x03,
  data: 0x04,
  releaseRq: 0x05,
  releaseRp: 0x06,
  abort: 0x07,
} as const;

export const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';
/** Contexts have odd numbers in one byte (PS3.8 9.3.2.2). */
export const MAX_CONTEXTS = 128;

export type Role = { sopClassUid: string; scu: boolean; scp: boolean };
export type UserInformation = {
  /** The longest P-DATA-TF body that the sender of this takes, in bytes; 0: no limit (PS3.8 D.1). */
  maxLength: number;
  implementationClassUid: string;
  implementationVersion: string;
  roles: Role[];
};
export type ProposedContext = { id: number; abstractSyntax: string; transferSyntaxes: string[] };
/** 0 acceptance, 1 user rejection, 2 no reason, 3 abstract syntax, 4 transfer syntaxes not supported (table 9-18). */
export type AnsweredContext = { id: number; result: number; transferSyntax: string };
type Associate = {
  calledAeTitle: string;
  callingAeTitle: string;
  applicationContext: string;
  user: UserInformation;
};
export type AssociateRequest = Associate & { contexts: ProposedContext[] };
export type AssociateAccept = Associate & { contexts: AnsweredContext[] };
/** Result, source and reason of table 9-21. */
export type AssociateReject = { result: number; source: number; reason: number };

const ITEM = {
  applicationContext: 0x10,
  proposedContext: 0x20,
  answeredContext: 0x21,
  abstractSyntax: 0x30,
  transferSyntax: 0x40,
  userInformation: 0x50,
  maxLength: 0x51,
  implementationClass: 0x52,
  asyncOperations: 0x53,
  role: 0x54,
  implementationVersion: 0x55,
} as const;

const broken = (what: string) => new DimseError('protocol_error', what);

/** A whole PDU: type, a reserved byte, the body's length, the body. */
export function encodePdu(type: number, body: Buffer): Buffer {
  const pdu = Buffer.allocUnsafe(6 + body.length);
  pdu[0] = type;
  pdu[1] = 0;
  pdu.writeUInt32BE(body.length, 2);
  body.copy(pdu, 6);
  return pdu;
}

export const encodeReject = ({ result, source, reason }: AssociateReject): Buffer =>
  encodePdu(PDU.associateRj, Buffer.from([0, result, source, reason]));
export const encodeRelease = (type: typeof PDU.releaseRq | typeof PDU.releaseRp): Buffer =>
  encodePdu(type, Buffer.alloc(4));
/** Source 0 is the service user, 2 the service provider with a reason of table 9-26. */
export const encodeAbort = (source: number, reason: number): Buffer =>
  encodePdu(PDU.abort, Buffer.from([0, 0, source, reason]));

export function encodeAssociateRequest(request: AssociateRequest): Buffer {
  const contexts = request.contexts.map(({ id, abstractSyntax, transferSyntaxes }) =>
    item(ITEM.proposedContext, [
      Buffer.from([id, 0, 0, 0]),
      text(ITEM.abstractSyntax, abstractSyntax),
      ...transferSyntaxes.map((uid) => text(ITEM.transferSyntax, uid)),
    ]),
  );
  return associate(PDU.associateRq, request, contexts);
}

export function encodeAssociateAccept(accept: AssociateAccept): Buffer {
  const contexts = accept.contexts.map(({ id, result, transferSyntax }) =>
    item(ITEM.answeredContext, [Buffer.from([id, 0, result, 0]), text(ITEM.transferSyntax, transferSyntax)]),
  );
  return associate(PDU.associateAc, accept, contexts);
}

function associate(type: number, value: Associate, contexts: Buffer[]): Buffer {
  const head = Buffer.alloc(68);
  head.writeUInt16BE(1, 0);
  head.write(value.calledAeTitle.padEnd(16).slice(0, 16), 4, 'latin1');
  head.write(value.callingAeTitle.padEnd(16).slice(0, 16), 20, 'latin1');
  const { user } = value;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(user.maxLength);
  const roles = user.roles.map(({ sopClassUid, scu, scp }) =>
    item(ITEM.role, [
      uint16(sopClassUid.length),
      Buffer.from(sopClassUid, 'latin1'),
      Buffer.from([+scu, +scp]),
    ]),
  );
  return encodePdu(
    type,
    Buffer.concat([
      head,
      text(ITEM.applicationContext, value.applicationContext),
      ...contexts,
      item(ITEM.userInformation, [
        item(ITEM.maxLength, [length]),
        text(ITEM.implementationClass, user.implementationClassUid),
        ...roles,
        text(ITEM.implementationVersion, user.implementationVersion),
      ]),
    ]),
  );
}

function item(type: number, parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([type, 0]), uint16(body.length), body]);
}

const text = (type: number, value: string): Buffer => item(type, [Buffer.from(value, 'latin1')]);

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16BE(value);
  return buffer;
}

/** The body of an A-ASSOCIATE-RQ. Items that are not known are passed over, as PS3.8 9.3.1 wants it. */
export function decodeAssociateRequest(body: Buffer): AssociateRequest {
  const contexts: ProposedContext[] = [];
  const rest = decodeAssociate(body, (type, value) => {
    if (type !== ITEM.proposedContext) return;
    if (value.length < 4 || contexts.length >= MAX_CONTEXTS) throw broken('presentation contexts');
    const context: ProposedContext = { id: value[0] ?? 0, abstractSyntax: '', transferSyntaxes: [] };
    for (const [subtype, sub] of items(value.subarray(4))) {
      if (subtype === ITEM.abstractSyntax) context.abstractSyntax = uid(sub);
      if (subtype === ITEM.transferSyntax) context.transferSyntaxes.push(uid(sub));
    }
    if (context.id % 2 === 0 || contexts.some(({ id }) => id === context.id)) throw broken('context id');
    contexts.push(context);
  });
  return { ...rest, contexts };
}

/** The body of an A-ASSOCIATE-AC. */
export function decodeAssociateAccept(body: Buffer): AssociateAccept {
  const contexts: AnsweredContext[] = [];
  const rest = decodeAssociate(body, (type, value) => {
    if (type !== ITEM.answeredContext) return;
    if (value.length < 4 || contexts.length >= MAX_CONTEXTS) throw broken('presentation contexts');
    const syntax = [...items(value.subarray(4))].find(([subtype]) => subtype === ITEM.transferSyntax);
    contexts.push({ id: value[0] ?? 0, result: value[2] ?? 0, transferSyntax: syntax ? uid(syntax[1]) : '' });
  });
  return { ...rest, contexts };
}

/** The body of an A-ASSOCIATE-RJ. */
export function decodeReject(body: Buffer): AssociateReject {
  if (body.length < 4) throw broken('A-ASSOCIATE-RJ is too short');
  return { result: body[1] ?? 0, source: body[2] ?? 0, reason: body[3] ?? 0 };
}

function decodeAssociate(body: Buffer, onItem: (type: number, value: Buffer) => void): Associate {
  if (body.length < 68) throw broken('A-ASSOCIATE is too short');
  if ((body.readUInt16BE(0) & 1) === 0) throw broken('protocol version');
  const value: Associate = {
    calledAeTitle: body.toString('latin1', 4, 20).trim(),
    callingAeTitle: body.toString('latin1', 20, 36).trim(),
    applicationContext: '',
    user: { maxLength: 0, implementationClassUid: '', implementationVersion: '', roles: [] },
  };
  for (const [type, sub] of items(body.subarray(68))) {
    if (type === ITEM.applicationContext) value.applicationContext = uid(sub);
    else if (type === ITEM.userInformation) decodeUser(sub, value.user);
    else onItem(type, sub);
  }
  return value;
}

function decodeUser(body: Buffer, user: UserInformation): void {
  for (const [type, value] of items(body)) {
    if (type === ITEM.maxLength && value.length >= 4) user.maxLength = value.readUInt32BE(0);
    if (type === ITEM.implementationClass) user.implementationClassUid = uid(value);
    if (type === ITEM.implementationVersion) user.implementationVersion = uid(value);
    if (type === ITEM.role && value.length >= 4) {
      const length = value.readUInt16BE(0);
      if (value.length < length + 4) throw broken('role selection');
      const sopClassUid = uid(value.subarray(2, 2 + length));
      user.roles.push({ sopClassUid, scu: value[2 + length] === 1, scp: value[3 + length] === 1 });
    }
  }
}

/** Sub-items lie one after the other: type, a reserved byte, 16 bits of length, value. */
function* items(bytes: Buffer): Generator<[number, Buffer]> {
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) throw broken('an item is cut');
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) throw broken('an item runs over its end');
    yield [bytes[at] ?? 0, bytes.subarray(at + 4, end)];
    at = end;
  }
}

/** UIDs in PDUs are not padded; zeros and blanks that some implementations put there are taken off. */
const uid = (bytes: Buffer): string => bytes.toString('latin1').replace(/[\0 ]+$/, '');
