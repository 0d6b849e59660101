import type { DoseRefusal } from '../dicom/rtdose.ts';
import type { StructureSet } from '../dicom/rtstruct.ts';
import type { SegmentationRefusal } from '../dicom/seg.ts';
import type { SuvWarning } from './suv-dose.ts';

const words: Record<DoseRefusal | SegmentationRefusal, string> = {
  not_gray: 'Dose Units (3004,0002) is not GY: values relative to something are no dose',
  error_dose: 'Dose Type (3004,0004) is ERROR: a difference of doses, not a dose',
  no_geometry: 'position, orientation or spacing is missing or senseless',
  no_frame_of_reference: 'Frame of Reference UID (0020,0052) is missing',
  frame_offsets:
    'Grid Frame Offset Vector (3004,000C) is missing, does not go one way, or begins neither with 0 nor with the z of the position',
  single_plane: 'a single plane has no volume',
  pixel_format: 'its bits per pixel are none that such an object may have',
  scaling_missing: 'Dose Grid Scaling (3004,000E) is missing or not above 0',
  pixels_short: 'there are fewer pixels than rows, columns and frames say',
  pixels_compressed: 'its compressed pixels cannot be read',
  unknown_type: 'Segmentation Type (0062,0001) is none that is known',
  no_frames: 'it has no frames',
  segment_unknown: 'a frame belongs to no segment of its list',
  repeated_frames: 'two frames of one segment lie at one place',
};

/** Why an object is of no use, for people: the code that the viewer has for it too, and what it means. */
export const refusalText = (reason: DoseRefusal | SegmentationRefusal): string =>
  `${reason}: ${words[reason]}`;

/** What of a structure set cannot be told by its rows. */
export function setNotes({ rois, unlistedContours }: StructureSet): string[] {
  const unlisted = (unlistedContours ?? []).map(
    ({ roiNumber, count }) =>
      `${count} contours left out: they belong to ROI ${roiNumber ?? '(without a number)'}, which its Structure Set ROI Sequence (3006,0020) does not name`,
  );
  const repeated = rois
    .filter((roi) => roi.repeatedNumber)
    .map(
      (roi) =>
        `ROI ${roi.number} left out: several ROIs have that number (${roi.name}), and whose its contours are nobody knows`,
    );
  return [...(rois.length === 0 ? ['a structure set without any ROI'] : []), ...unlisted, ...repeated];
}

const warnings: Record<SuvWarning, string> = {
  suspicious_dose:
    'the injected dose is below 1 MBq: probably written in MBq, and every SUV is then far too high',
  start_date_ignored: "the date of the injection contradicts the scan's: its time of day was used",
  start_after_scan: 'the injection is after the start of the scan: counted as given during it',
  start_day_assumed:
    "the time of the injection has no date and comes shortly after the start of the scan: counted as the day before's",
  start_offset_unknown:
    'the DateTime of the injection has an offset from UTC, the scan has none: both were counted as one clock',
};

/** What is odd about an SUV's factor, for people: its code, and what it means. */
export const warningText = (warning: SuvWarning): string => `${warning}: ${warnings[warning]}`;
