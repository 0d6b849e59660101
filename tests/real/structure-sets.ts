/** Real structure sets, read as the product reads them. */
import fs from 'node:fs/promises';
import zlib from 'node:zlib';
import type { JsonDataSet } from '@/lib/dicom/display-json.ts';
import { toDicomJson } from '@/lib/dicom/json.ts';
import { parseHeader } from '@/lib/dicom/parse-header.ts';
import { parseStructureSet, type StructureSet } from '@/lib/dicom/rtstruct.ts';

/** Where the real data lie, from the project's root. */
export const DATA = '../shared/data';

/** Those that hold bodies, from four sources: lung, breast, sarcomas on CT, PET and MR, the IBSI phantom. */
export const STRUCTURE_SETS = [
  'ct_rtstruct_lung1_001/RTSTRUCT_LUNG1-001.dcm',
  'rt_breast_dicompyler/rtss.dcm',
  'ctptmr_sts_002/CT/RTSTRUCT_CT.dcm',
  'ctptmr_sts_002/PET/RTSTRUCT_PET.dcm',
  'ctptmr_sts_003/MR_T1/RTSTRUCT_MR_T1.dcm',
  'ibsi_phantoms/ct_radiomics_phantom/DCM_RS_00060.dcm',
] as const;

/** Header of a file, bulk data left out. */
export async function readHeader(file: string): Promise<JsonDataSet> {
  const bytes = await fs.readFile(file);
  const { dataSet } = parseHeader(bytes, bytes.length, (packed) => zlib.inflateRawSync(packed));
  return toDicomJson(dataSet, () => '');
}

/** @param name of one of the sets, below the data's folder */
export const readStructureSet = async (name: string): Promise<StructureSet> =>
  parseStructureSet(await readHeader(`${DATA}/${name}`));
