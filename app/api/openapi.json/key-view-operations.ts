import * as casesOneKeptView from '@/app/api/cases/[caseId]/kept-view/route.ts';
import * as casesOneKeyViewsOneGsps from '@/app/api/cases/[caseId]/key-views/[keyViewId]/gsps/route.ts';
import * as casesOneKeyViewsOneKos from '@/app/api/cases/[caseId]/key-views/[keyViewId]/kos/route.ts';
import * as casesOneKeyViewsOnePictures from '@/app/api/cases/[caseId]/key-views/[keyViewId]/pictures/route.ts';
import * as casesOneKeyViewsOneRestore from '@/app/api/cases/[caseId]/key-views/[keyViewId]/restore/route.ts';
import * as casesOneKeyViewsOne from '@/app/api/cases/[caseId]/key-views/[keyViewId]/route.ts';
import * as casesOneKeyViewsOneCapture from '@/app/api/cases/[caseId]/key-views/[keyViewId]/secondary-capture/route.ts';
import * as casesOneKeyViews from '@/app/api/cases/[caseId]/key-views/route.ts';
import type { Operation } from '@/lib/http/openapi.ts';
import { at, NOTHING } from './at.ts';

/** Key views of a case, and how each person left its images. */
export const keyViewOperations: readonly Operation[] = [
  at('GET', '/api/cases/[caseId]/kept-view', casesOneKeptView.GET, 'How I left the images of a case'),
  at(
    'PUT',
    '/api/cases/[caseId]/kept-view',
    casesOneKeptView.PUT,
    'Keep how I leave the images of a case',
    NOTHING,
  ),
  at('GET', '/api/cases/[caseId]/key-views', casesOneKeyViews.GET, 'The key views of a case'),
  at('POST', '/api/cases/[caseId]/key-views', casesOneKeyViews.POST, 'Save a view of a case’s images'),
  at(
    'GET',
    '/api/cases/[caseId]/key-views/[keyViewId]',
    casesOneKeyViewsOne.GET,
    'A key view with what it shows',
  ),
  at(
    'PATCH',
    '/api/cases/[caseId]/key-views/[keyViewId]',
    casesOneKeyViewsOne.PATCH,
    'Change the words of a key view',
  ),
  at(
    'DELETE',
    '/api/cases/[caseId]/key-views/[keyViewId]',
    casesOneKeyViewsOne.DELETE,
    'Delete a key view',
    NOTHING,
  ),
  at(
    'GET',
    '/api/cases/[caseId]/key-views/[keyViewId]/gsps',
    casesOneKeyViewsOneGsps.GET,
    'A viewport of a key view as a Grayscale Softcopy Presentation State',
    { produces: 'application/dicom' },
  ),
  at(
    'GET',
    '/api/cases/[caseId]/key-views/[keyViewId]/kos',
    casesOneKeyViewsOneKos.GET,
    'The images of a key view as a Key Object Selection document',
    { produces: 'application/dicom' },
  ),
  at(
    'GET',
    '/api/cases/[caseId]/key-views/[keyViewId]/pictures',
    casesOneKeyViewsOnePictures.GET,
    'Where pictures of the images of a key view are, and what is not drawn on them',
  ),
  at(
    'POST',
    '/api/cases/[caseId]/key-views/[keyViewId]/restore',
    casesOneKeyViewsOneRestore.POST,
    'Bring a deleted key view back',
    NOTHING,
  ),
  at(
    'POST',
    '/api/cases/[caseId]/key-views/[keyViewId]/secondary-capture',
    casesOneKeyViewsOneCapture.POST,
    'A picture of a key view as a Secondary Capture image',
    { consumes: 'image/png', produces: 'application/dicom' },
  ),
];
