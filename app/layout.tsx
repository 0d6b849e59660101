import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Toaster } from 'sonner';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Consilium', template: '%s · Consilium' },
  icons: { icon: '/icon.svg' },
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const shell = await getTranslations('shell');
  return (
    <html lang={await getLocale()}>
      <body>
        <NextIntlClientProvider>{children}</NextIntlClientProvider>
        <Toaster
          position="bottom-center"
          duration={8000}
          toastOptions={{ closeButtonAriaLabel: shell('close') }}
        />
      </body>
    </html>
  );
}
