import { type DicomObject, dicomFile } from '../dicom/dicom-file.ts';
import { RT_STRUCTURE_SET } from '../dicom/uids.ts';
import { structureNamed } from './anatomy.ts';
import { type Beam, beams, isocentre, opening, prescription } from './beams.ts';
import { commonModules, instanceUid, type PhantomPatient } from './patient.ts';

export const RT_PLAN = '1.2.840.10008.5.1.4.1.1.481.5';
export const PLAN_LABEL = 'ISRT_30Gy';
/** Boundaries of 60 pairs of leaves, mm: 10 mm wide outside of 5 mm ones. */
const LEAVES = [
  ...Array.from({ length: 10 }, (_, i) => -200 + 10 * i),
  ...Array.from({ length: 40 }, (_, i) => -100 + 5 * i),
  ...Array.from({ length: 11 }, (_, i) => 100 + 10 * i),
];

/** An RT Plan (PS3.3 A.20): static photon fields shaped by leaves, 30 Gy in 15 fractions. */
export function planFile(patient: PhantomPatient, date: string): Uint8Array {
  const fraction = prescription.doseGy / prescription.fractions;
  return dicomFile({
    ...commonModules(patient, {
      series: 'rtplan',
      modality: 'RTPLAN',
      sopClassUid: RT_PLAN,
      sopInstanceUid: instanceUid(patient, 'rtplan'),
      number: 5,
      description: 'Plan ISRT 30 Gy',
      date,
      time: '150000',
      instanceNumber: 1,
    }),
    RTPlanLabel: PLAN_LABEL,
    RTPlanName: 'ISRT 30 Gy / 15',
    RTPlanDate: date,
    RTPlanTime: '150000',
    PlanIntent: 'CURATIVE',
    RTPlanGeometry: 'PATIENT',
    ReferencedStructureSetSequence: [
      {
        ReferencedSOPClassUID: RT_STRUCTURE_SET,
        ReferencedSOPInstanceUID: instanceUid(patient, 'rtstruct'),
      },
    ],
    DoseReferenceSequence: [
      {
        DoseReferenceNumber: 1,
        DoseReferenceStructureType: 'VOLUME',
        DoseReferenceDescription: prescription.target,
        ReferencedROINumber: structureNamed(prescription.target).number,
        DoseReferenceType: 'TARGET',
        DeliveryMaximumDose: 32.1,
        TargetMinimumDose: 28.5,
        TargetPrescriptionDose: prescription.doseGy,
        TargetMaximumDose: 32.1,
      },
    ],
    FractionGroupSequence: [
      {
        FractionGroupNumber: 1,
        NumberOfFractionsPlanned: prescription.fractions,
        NumberOfBeams: beams.length,
        NumberOfBrachyApplicationSetups: 0,
        ReferencedBeamSequence: beams.map((beam) => ({
          BeamDoseSpecificationPoint: point(),
          BeamDose: Math.round(fraction * beam.weight * 1000) / 1000,
          BeamMeterset: beam.meterset,
          ReferencedBeamNumber: beam.number,
        })),
      },
    ],
    BeamSequence: beams.map(beamItem),
    PatientSetupSequence: [{ PatientPosition: 'HFS', PatientSetupNumber: 1, SetupTechnique: 'ISOCENTRIC' }],
    ApprovalStatus: 'UNAPPROVED',
  });
}

const point = (): number[] => [isocentre.x, isocentre.y, isocentre.z];

function beamItem(beam: Beam): DicomObject {
  const device = (type: string, pairs: number): DicomObject => ({
    RTBeamLimitingDeviceType: type,
    NumberOfLeafJawPairs: pairs,
  });
  return {
    BeamNumber: beam.number,
    BeamName: beam.name,
    BeamDescription: '',
    BeamType: 'STATIC',
    RadiationType: 'PHOTON',
    TreatmentMachineName: 'LINAC_A',
    Manufacturer: 'Consilium',
    InstitutionName: 'Institut A',
    PrimaryDosimeterUnit: 'MU',
    SourceAxisDistance: 1000,
    BeamLimitingDeviceSequence: [
      device('ASYMX', 1),
      device('ASYMY', 1),
      { ...device('MLCX', LEAVES.length - 1), LeafPositionBoundaries: LEAVES },
    ],
    ReferencedPatientSetupNumber: 1,
    TreatmentDeliveryType: 'TREATMENT',
    NumberOfWedges: 0,
    NumberOfCompensators: 0,
    NumberOfBoli: 0,
    NumberOfBlocks: 0,
    FinalCumulativeMetersetWeight: 1,
    NumberOfControlPoints: 2,
    ControlPointSequence: [
      {
        ControlPointIndex: 0,
        NominalBeamEnergy: 6,
        DoseRateSet: 600,
        BeamLimitingDevicePositionSequence: positions(beam),
        GantryAngle: beam.gantry,
        GantryRotationDirection: 'NONE',
        BeamLimitingDeviceAngle: 0,
        BeamLimitingDeviceRotationDirection: 'NONE',
        PatientSupportAngle: 0,
        PatientSupportRotationDirection: 'NONE',
        TableTopEccentricAngle: 0,
        TableTopEccentricRotationDirection: 'NONE',
        TableTopVerticalPosition: '',
        TableTopLongitudinalPosition: '',
        TableTopLateralPosition: '',
        IsocenterPosition: point(),
        CumulativeMetersetWeight: 0,
      },
      { ControlPointIndex: 1, CumulativeMetersetWeight: 1 },
    ],
  };
}

/** Leaves of bank A first, then those of bank B; closed pairs meet under the jaws. */
function positions(beam: Beam): DicomObject[] {
  const pairs = LEAVES.slice(1).map((upper, i) => {
    const lower = LEAVES[i] ?? 0;
    return opening(beam, isocentre.z + (lower + upper) / 2);
  });
  const open = pairs.flatMap((pair, i) =>
    pair ? [{ ...pair, from: LEAVES[i] ?? 0, to: LEAVES[i + 1] ?? 0 }] : [],
  );
  const tenth = (mm: number) => Math.round(mm * 10) / 10;
  return [
    {
      RTBeamLimitingDeviceType: 'ASYMX',
      LeafJawPositions: [
        tenth(Math.min(...open.map((pair) => pair.left))),
        tenth(Math.max(...open.map((pair) => pair.right))),
      ],
    },
    {
      RTBeamLimitingDeviceType: 'ASYMY',
      LeafJawPositions: [
        Math.min(...open.map((pair) => pair.from)),
        Math.max(...open.map((pair) => pair.to)),
      ],
    },
    {
      RTBeamLimitingDeviceType: 'MLCX',
      LeafJawPositions: [
        ...pairs.map((pair) => tenth(pair?.left ?? 0)),
        ...pairs.map((pair) => tenth(pair?.right ?? 0)),
      ],
    },
  ];
}
