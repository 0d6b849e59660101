import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import dicomParser from 'dicom-parser';
import { expect, test } from 'vitest';
import { clinicalDocument } from '@/lib/dicom/clinical-documents.ts';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { readReport } from '@/lib/dicom/report.ts';
import { hodgkinPatient } from '@/lib/phantom/hodgkin.ts';
import { petReportFile } from '@/lib/phantom/pet-report.ts';

test('the synthetic patient’s report says to DCMTK what it says to the viewer', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'consilium-sr-'));
  const file = path.join(folder, 'report.dcm');
  const bytes = Buffer.from(petReportFile(hodgkinPatient()));
  fs.writeFileSync(file, bytes);
  const theirs = execFileSync('dsrdump', ['+Pl', file], { encoding: 'utf8' });
  fs.rmSync(folder, { recursive: true });
  const header = toDicomJson(dicomParser.parseDicom(bytes), (at) => at);
  expect(clinicalDocument(header)).toMatchObject({
    kind: 'report',
    title: 'Compte rendu de TEP-TDM',
    date: '20261116',
    verified: true,
    partial: false,
  });
  const [whole, ...sections] = readReport(header).items;
  expect(theirs).toContain(`<CONTAINER:(,,"${whole?.name}")=SEPARATE>`);
  expect(sections).toHaveLength(4);
  for (const { name, value } of sections) {
    const text = value.type === 'text' ? value.text : '';
    const [firstLine] = text.split('\n');
    expect(theirs).toContain(`<contains TEXT:(,,"${name}")="${firstLine}`);
  }
});
