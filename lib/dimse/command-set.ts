import { DimseError } from './errors.ts';

/** DIMSE command sets (PS3.7 E.1): always implicit little endian, always group 0000. Pure. */
export const COMMAND = {
  storeRq: 0x0001,
  storeRsp: 0x8001,
  getRq: 0x0010,
  getRsp: 0x8010,
  findRq: 0x0020,
  findRsp: 0x8020,
  moveRq: 0x0021,
  moveRsp: 0x8021,
  echoRq: 0x0030,
  echoRsp: 0x8030,
  cancelRq: 0x0fff,
} as const;

/** Command Data Set Type that says that no data set follows. */
const NO_DATA_SET = 0x0101;

export type CommandSet = {
  commandField: number;
  /** Whether a data set follows. */
  hasDataSet: boolean;
  affectedSopClassUid?: string;
  requestedSopClassUid?: string;
  messageId?: number;
  respondedTo?: number;
  moveDestination?: string;
  priority?: number;
  status?: number;
  offendingElement?: number;
  errorComment?: string;
  affectedSopInstanceUid?: string;
  requestedSopInstanceUid?: string;
  remaining?: number;
  completed?: number;
  failed?: number;
  warning?: number;
  moveOriginatorAeTitle?: string;
  moveOriginatorMessageId?: number;
};

type Field = Exclude<keyof CommandSet, 'hasDataSet'>;
type Kind = 'UI' | 'US' | 'AE' | 'LO' | 'AT';

/** Elements of group 0000 in ascending order. */
const fields: readonly (readonly [element: number, kind: Kind, field: Field])[] = [
  [0x0002, 'UI', 'affectedSopClassUid'],
  [0x0003, 'UI', 'requestedSopClassUid'],
  [0x0100, 'US', 'commandField'],
  [0x0110, 'US', 'messageId'],
  [0x0120, 'US', 'respondedTo'],
  [0x0600, 'AE', 'moveDestination'],
  [0x0700, 'US', 'priority'],
  [0x0900, 'US', 'status'],
  [0x0901, 'AT', 'offendingElement'],
  [0x0902, 'LO', 'errorComment'],
  [0x1000, 'UI', 'affectedSopInstanceUid'],
  [0x1001, 'UI', 'requestedSopInstanceUid'],
  [0x1020, 'US', 'remaining'],
  [0x1021, 'US', 'completed'],
  [0x1022, 'US', 'failed'],
  [0x1023, 'US', 'warning'],
  [0x1030, 'AE', 'moveOriginatorAeTitle'],
  [0x1031, 'US', 'moveOriginatorMessageId'],
];
const byElement = new Map(fields.map(([element, kind, field]) => [element, { kind, field }]));
const DATA_SET_TYPE = 0x0800;

export function encodeCommand(command: CommandSet): Buffer {
  const parts: Buffer[] = [];
  let typeWritten = false;
  for (const [element, kind, field] of fields) {
    if (!typeWritten && element > DATA_SET_TYPE) {
      parts.push(encodeElement(DATA_SET_TYPE, 'US', command.hasDataSet ? 0 : NO_DATA_SET));
      typeWritten = true;
    }
    const value = command[field];
    if (value !== undefined) parts.push(encodeElement(element, kind, value));
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = Buffer.alloc(12);
  head.writeUInt32LE(4, 4);
  head.writeUInt32LE(length, 8);
  return Buffer.concat([head, ...parts], 12 + length);
}

function encodeElement(element: number, kind: Kind, value: string | number): Buffer {
  const bytes = encodeValue(kind, value);
  const buffer = Buffer.alloc(8 + bytes.length);
  buffer.writeUInt16LE(element, 2);
  buffer.writeUInt32LE(bytes.length, 4);
  bytes.copy(buffer, 8);
  return buffer;
}

function encodeValue(kind: Kind, value: string | number): Buffer {
  if (kind === 'US') return Buffer.from(Uint16Array.of(Number(value)).buffer);
  if (kind === 'AT') {
    const tag = Number(value);
    return Buffer.from(Uint16Array.of(tag >>> 16, tag & 0xffff).buffer);
  }
  // Error Comment is LO: at most 64 characters, in the default repertoire, as no character set can be named here.
  const text =
    kind === 'LO'
      ? String(value)
          .replace(/[^\x20-\x5b\x5d-\x7e]/g, '?')
          .slice(0, 64)
      : String(value);
  const padded = text.length % 2 === 0 ? text : text + (kind === 'UI' ? '\0' : ' ');
  return Buffer.from(padded, 'latin1');
}

/** Throws DimseError `protocol_error` for what is no command set; elements that are not known are passed over. */
export function decodeCommand(bytes: Buffer): CommandSet {
  const command: Partial<Record<Field, string | number>> & { hasDataSet: boolean } = { hasDataSet: false };
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) throw new DimseError('protocol_error', 'the command set is cut');
    const group = bytes.readUInt16LE(at);
    const element = bytes.readUInt16LE(at + 2);
    const end = at + 8 + bytes.readUInt32LE(at + 4);
    if (group !== 0 || end > bytes.length) throw new DimseError('protocol_error', 'no command set');
    const value = bytes.subarray(at + 8, end);
    if (element === DATA_SET_TYPE && value.length >= 2) {
      command.hasDataSet = value.readUInt16LE(0) !== NO_DATA_SET;
    }
    const known = byElement.get(element);
    if (known && value.length > 0) command[known.field] = decodeValue(known.kind, value);
    at = end;
  }
  if (command.commandField === undefined) throw new DimseError('protocol_error', 'no Command Field');
  return command as CommandSet;
}

function decodeValue(kind: Kind, value: Buffer): string | number {
  if (kind !== 'US' && kind !== 'AT') {
    const text = value.toString('latin1').replace(/[\0 ]+$/, '');
    return kind === 'AE' ? text.trim() : text;
  }
  if (value.length < (kind === 'US' ? 2 : 4)) throw new DimseError('protocol_error', 'a short number');
  return kind === 'US' ? value.readUInt16LE(0) : value.readUInt16LE(0) * 65536 + value.readUInt16LE(2);
}
