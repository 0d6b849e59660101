import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { parseHeader } from '@/lib/dicom/parse-header.ts';
import { ingestInstance } from '@/lib/store/ingest-instance.server.ts';
import { listStudies } from '@/lib/store/list-studies.server.ts';
import { openStore } from '@/lib/store/open-store.server.ts';
import { inflate } from '@/lib/store/read-header.server.ts';
import { listStudiesQuerySchema } from '@/lib/store/schema.ts';
import { createTestDatabase, type TestDatabase } from '../setup/database.ts';
import { createWorld, type World } from '../setup/world.ts';

const folder = '../shared/data/charset_zoo';
let database: TestDatabase;
let world: World;

const files = [
  // file, the name's groups as FileInfo.txt states them, words by which a person is looked for
  ['chrArab.dcm', ['قباني^لنزار'], ['قباني', 'لنزار']],
  ['chrFren.dcm', ['Buc^Jérôme'], ['jerome', 'JÉRÔME', 'buc']],
  ['chrFrenMulti.dcm', ['Buc^Jérôme'], []],
  ['chrGerm.dcm', ['Äneas^Rüdiger'], ['aneas', 'Rüdiger']],
  ['chrGreek.dcm', ['Διονυσιος'], ['διονυσιοσ', 'ΔΙΟΝΥΣΙΟΣ', 'διονυ']],
  ['chrH31.dcm', ['Yamada^Tarou', '山田^太郎', 'やまだ^たろう'], ['yamada', '山田', 'やまだ']],
  ['chrH32.dcm', ['ﾔﾏﾀﾞ^ﾀﾛｳ', '山田^太郎', 'やまだ^たろう'], ['ﾔﾏﾀﾞ', 'ヤマダ', '太郎']],
  ['chrHbrw.dcm', ['שרון^דבורה'], ['שרון', 'דבורה']],
  ['chrI2.dcm', ['Hong^Gildong', '洪^吉洞', '홍^길동'], ['hong', '洪', '홍', '길동']],
  ['chrJapMulti.dcm', ['やまだ^たろう'], []],
  ['chrJapMultiExplicitIR6.dcm', ['やまだ^たろう'], []],
  ['chrKoreanMulti.dcm', ['김희중'], ['김희중']],
  ['chrRuss.dcm', ['Люкceмбypг'], ['люк', 'ЛЮК']],
  ['chrX1.dcm', ['Wang^XiaoDong', '王^小東'], ['xiaodong', '小東']],
  ['chrX2.dcm', ['Wang^XiaoDong', '王^小东'], ['小东']],
] as const;

const patientNameOf = async (file: string) => {
  const bytes = await fs.readFile(path.join(folder, file));
  return toDicomJson(parseHeader(bytes, bytes.length, inflate).dataSet, String);
};
const study = new Map<string, string>();

beforeAll(async () => {
  database = await createTestDatabase();
  world = await createWorld();
  await openStore();
  for (const [file] of files) {
    const result = await ingestInstance({
      actor: world.actors.secretary,
      centreId: world.centres.IGR,
      source: createReadStream(path.join(folder, file)),
      sourceName: file,
    });
    if (result.studyUid) study.set(file, result.studyUid);
  }
});
afterAll(() => database.close());

describe.each(files)('%s', (file, [alphabetic, ideographic, phonetic], words) => {
  test('its name in DICOM JSON (PS3.18 F.2.2)', async () => {
    const name = (await patientNameOf(file))['00100010']?.Value?.[0];
    expect(name).toEqual({
      Alphabetic: alphabetic,
      ...(ideographic && { Ideographic: ideographic }),
      ...(phonetic && { Phonetic: phonetic }),
    });
  });

  test.each(words.map((word) => [word]))('is found by %s', async (word) => {
    const query = listStudiesQuerySchema.parse({ query: word });
    const { studies } = await listStudies(world.actors.secretary, query);
    expect(studies.map((one) => one.studyInstanceUid)).toContain(study.get(file));
  });
});

test.each([
  ['chrSQEncoding.dcm', 'a sequence item with a set of its own'],
  ['chrSQEncoding1.dcm', 'a sequence item in the set of what is around it'],
])('%s: %s', async (file) => {
  const json = await patientNameOf(file);
  const [item] = (json['00321064']?.Value ?? []) as Record<string, { Value?: unknown[] }>[];
  const name = item?.['00100010']?.Value?.[0];
  expect(name).toEqual({ Alphabetic: 'ﾔﾏﾀﾞ^ﾀﾛｳ', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' });
});
