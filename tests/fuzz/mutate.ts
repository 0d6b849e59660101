import { deflateRawSync } from 'node:zlib';
import { type Place, placesOf } from './elements.ts';
import { type Random, random } from './random.ts';

type Mutation = (bytes: Buffer, places: readonly Place[], dice: Random, all: readonly Buffer[]) => Buffer;

const lengths = [0, 1, 2, 7, 0xff, 0xffff, 0x10000, 0x7fffffff, 0xfffffffe, 0xffffffff];
const vrs =
  'AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV ZZ'.split(
    ' ',
  );
const tags =
  '08000500 08001800 10002000 10001000 0020000d 28000800 e07f1000 feff00e0 feff0de0 feffdde0 02001000 00000000 fcfffcff 09001000'.split(
    ' ',
  );
const terms = [
  'ISO_IR 192',
  'GB18030',
  '\\ISO 2022 IR 87',
  'ISO_IR 13\\ISO 2022 IR 159',
  '\\ISO 2022 IR 149',
  'ISO_IR 203',
  '?',
];
const syntaxes = ['', '.1', '.2', '.1.99', '.4.50', '.4.90', '.5', '.4.201', '.x'].map(
  (end) => `1.2.840.10008.1.2${end}`,
);
const escapes = [
  '1b2442',
  '1b242844',
  '1b242943',
  '1b2d4c',
  '1b284a',
  '1b',
  '5c',
  '5e',
  'ff',
  '00',
  '813081',
  'edb080',
];

const someBytes = (dice: Random, length: number) =>
  Buffer.from(Array.from({ length }, () => dice.integer(256)));
const insert = (bytes: Buffer, at: number, extra: Buffer) =>
  Buffer.concat([bytes.subarray(0, at), extra, bytes.subarray(at)]);
const anywhere = (bytes: Buffer, dice: Random) => dice.integer(bytes.length + 1);

/** These keep all others in their places. */
const inPlace: Mutation[] = [
  function length(bytes, places, dice) {
    const { dataOffset, vr, length: old } = dice.pick(places);
    const size = vr && !/^(O.|SQ|UC|UN|UR|UT|UV|SV)$/.test(vr) ? 2 : 4;
    const value = dice.pick([...lengths, old + 1, old - 1, old * 2, dice.integer(2 ** 32)]);
    if (dataOffset < size) return bytes;
    if (size === 2) bytes.writeUInt16LE(value & 0xffff, dataOffset - 2);
    else bytes.writeUInt32LE(value >>> 0, dataOffset - 4);
    return bytes;
  },
  function vr(bytes, places, dice) {
    bytes.write(dice.pick(vrs), dice.pick(places).at + 4, 'latin1');
    return bytes;
  },
  function tag(bytes, places, dice) {
    Buffer.from(dice.pick(tags), 'hex').copy(bytes, dice.pick(places).at);
    return bytes;
  },
  function value(bytes, places, dice) {
    const { dataOffset, length: size } = dice.pick(places);
    const piece = dice.chance(0.5) ? Buffer.from(dice.pick(escapes), 'hex') : someBytes(dice, 4);
    if (size > 0) piece.copy(bytes, dataOffset + dice.integer(size));
    return bytes;
  },
  function flips(bytes, _places, dice) {
    for (let left = 1 + dice.integer(8); left > 0; left--)
      bytes[dice.integer(bytes.length)] = dice.pick([0, 0xff, 0xfe, 0x1b, 0x5c, dice.integer(256)]);
    return bytes;
  },
  function transferSyntax(bytes, _places, dice) {
    const at = bytes.indexOf(Buffer.from('020010005549', 'hex'));
    if (at < 0) return bytes;
    const size = bytes.readUInt16LE(at + 6);
    bytes.write(dice.pick(syntaxes).slice(0, size).padEnd(size, '\0'), at + 8, 'latin1');
    return bytes;
  },
];

const structural: Mutation[] = [
  (bytes, _places, dice) => bytes.subarray(0, anywhere(bytes, dice)),
  (bytes, places, dice) => insert(bytes, dice.pick(places).at, someBytes(dice, 1 + dice.integer(20))),
  function twice(bytes, places, dice) {
    const { at, dataOffset, length } = dice.pick(places);
    const copy = Buffer.from(bytes.subarray(at, dataOffset + length));
    if (dice.chance(0.5) && copy.length > 9) copy[copy.length - 1] = 0x39;
    return insert(bytes, dice.pick(places).at, copy);
  },
  function without(bytes, places, dice) {
    const { at, dataOffset, length } = dice.pick(places);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(dataOffset + length)]);
  },
  function splice(bytes, places, dice, all) {
    const other = dice.pick(all);
    const from = dice.pick(placesOf(other))?.at ?? 0;
    return insert(bytes, dice.pick(places).at, other.subarray(from, from + dice.integer(4000)));
  },
  function nest(bytes, places, dice) {
    const depth = 1 + dice.integer(dice.chance(0.1) ? 20_000 : 150);
    const open = Buffer.from(
      dice.pick(['0800401153510000ffffffff', '01000900554e0000ffffffff', '08004011ffffffff']),
      'hex',
    );
    const item = Buffer.from('feff00e0ffffffff', 'hex');
    const ends = Buffer.from('feff0de000000000feffdde000000000', 'hex');
    const close = dice.chance(0.6) ? Buffer.alloc(16 * depth, ends) : Buffer.alloc(0);
    const unit = Buffer.concat([open, item]);
    return insert(
      bytes,
      dice.pick(places).at,
      Buffer.concat([Buffer.alloc(unit.length * depth, unit), close]),
    );
  },
  function characterSet(bytes, places, dice) {
    const term = Buffer.from(dice.pick(terms));
    const head = Buffer.from('0800050043530000', 'hex');
    head.writeUInt16LE(term.length, 6);
    return insert(bytes, dice.pick(places).at, Buffer.concat([head, term]));
  },
  function deflated(bytes) {
    const first = bytes.indexOf(Buffer.from('0800', 'hex'), 132);
    return first < 0
      ? bytes
      : Buffer.concat([bytes.subarray(0, first), deflateRawSync(bytes.subarray(first))]);
  },
  (bytes) => bytes.subarray(132),
];

/** Case `number` of `seed`: the same bytes whenever it is asked for. */
export function makeCase(seed: number, number: number, all: readonly Buffer[]): Buffer {
  const dice = random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
  let bytes: Buffer = Buffer.from(dice.pick(all));
  const places = placesOf(bytes);
  if (places.length === 0) places.push({ at: 0, vr: undefined, dataOffset: 8, length: 8 });
  for (let left = dice.integer(4); left > 0; left--) bytes = dice.pick(inPlace)(bytes, places, dice, all);
  if (dice.chance(0.5)) bytes = dice.pick(structural)(bytes, places, dice, all);
  return bytes;
}
