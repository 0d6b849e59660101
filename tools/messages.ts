/** `npm run messages`: both languages complete, nothing unused, nothing missing. Prints what is wrong, one line each. */
import fs from 'node:fs';
import path from 'node:path';
import { errorStatus } from '../lib/errors.ts';
import { checkMessages } from './message-check.ts';
import { messageUses } from './message-usages.ts';

const read = (locale: 'en' | 'fr') => JSON.parse(fs.readFileSync(`messages/${locale}.json`, 'utf8'));
const files = ['app', 'components', 'lib']
  .flatMap((folder) =>
    fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
  )
  .filter((file) => /\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$|\/generated\//.test(file));
const uses = files.flatMap((file) => messageUses(file, fs.readFileSync(file, 'utf8')));
const problems = checkMessages({
  en: read('en'),
  fr: read('fr'),
  uses,
  errorCodes: Object.keys(errorStatus),
});

for (const problem of problems) console.error(problem);
console.log(`messages: ${uses.length} uses, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
