import { elementHead } from './encode-data-set.ts';
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION } from './identity.ts';

const EXPLICIT = { explicit: true, bigEndian: false };

/**
 * The preamble and file meta group (PS3.10 7.1) that make a file of a data set that came over the network. Who sent it
 * is not in it: the same object from two senders is the same file. The audit trail knows the sender.
 */
export function part10Head(object: {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
}): Buffer {
  const group = Buffer.concat([
    element('00020001', 'OB', Buffer.from([0, 1])),
    element('00020002', 'UI', uid(object.sopClassUid)),
    element('00020003', 'UI', uid(object.sopInstanceUid)),
    element('00020010', 'UI', uid(object.transferSyntaxUid)),
    element('00020012', 'UI', uid(IMPLEMENTATION_CLASS_UID)),
    element('00020013', 'SH', Buffer.from(IMPLEMENTATION_VERSION.padEnd(10), 'latin1')),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(group.length);
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), element('00020000', 'UL', length), group]);
}

const element = (tag: string, vr: string, value: Buffer): Buffer =>
  Buffer.concat([elementHead(tag, vr, value.length, EXPLICIT), value]);

const uid = (value: string): Buffer => Buffer.from(value.length % 2 === 0 ? value : `${value}\0`, 'latin1');
