import { expect, test } from '@playwright/test';
import { expectAxeFindsNothing } from './axe.ts';
import { personIn } from './support.ts';

test('an administrator gives somebody another role, and takes it back', async ({ browser }) => {
  const { page, context } = await personIn(browser, 'admin@igr.demo');
  await page.goto('/people');
  const row = page.getByRole('row').filter({ hasText: 'surgeon@igr.demo' });
  const open = row.getByRole('button', { name: /^Roles of / });
  await open.click();
  const dialog = row.getByRole('dialog');
  await expect(dialog.getByRole('checkbox', { name: 'Clinician' })).toBeChecked();
  await dialog.getByRole('checkbox', { name: 'Clinician' }).uncheck();
  await dialog.getByRole('button', { name: 'Save the roles' }).click();
  await expect(dialog.getByText('at least one role')).toBeVisible();
  await dialog.getByRole('checkbox', { name: 'Clinician' }).check();
  // What was known of the role is not forgotten by a slip of the hand.
  await expect(dialog.getByLabel('Specialty')).toHaveValue('surgery');
  await dialog.getByRole('checkbox', { name: 'Medical physicist' }).check();
  await expectAxeFindsNothing(page);
  await dialog.getByRole('button', { name: 'Save the roles' }).click();
  await expect(dialog).toBeHidden();
  await expect(row.getByRole('listitem').filter({ hasText: 'Medical physicist' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row.getByRole('listitem')).toHaveText([/^Clinician/]);

  const own = page.getByRole('row').filter({ hasText: 'admin@igr.demo' });
  await own.getByRole('button', { name: /^Roles of / }).click();
  await expect(own.getByRole('checkbox', { name: 'Administrator' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.goto('/audit?action=person.roles');
  await expect(page.getByText('roles before: Clinician, Medical physicist').first()).toBeVisible();
  await context.close();
});
