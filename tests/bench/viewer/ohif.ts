import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../setup/server-process.ts';

export const OHIF_VERSION = '3.13.2';

/** The published viewer as it comes from the registry, fetched once into a folder of the user's cache. */
async function fetchOhif(): Promise<string> {
  const folder = path.join(os.homedir(), '.cache', 'consilium-bench', `ohif-app-${OHIF_VERSION}`);
  const dist = path.join(folder, 'package', 'dist');
  if (await fs.stat(path.join(dist, 'index.html')).catch(() => null)) return dist;
  await fs.mkdir(folder, { recursive: true });
  const packed = execFileSync('npm', ['pack', '--silent', `@ohif/app@${OHIF_VERSION}`], {
    cwd: folder,
    encoding: 'utf8',
  }).trim();
  execFileSync('tar', ['-xzf', packed], { cwd: folder });
  await fs.rm(path.join(folder, packed));
  return dist;
}

/** Its own settings, but for the server it reads from and the questions that would stop it. */
const appConfig = `window.config = {
  routerBasename: null, extensions: [], modes: [], customizationService: {},
  showStudyList: true, maxNumberOfWebWorkers: 3, showWarningMessageForCrossOrigin: false,
  showCPUFallbackMessage: false, showLoadingIndicator: true, strictZSpacingForVolumeViewport: true,
  disableConfirmationPrompts: true,
  maxNumRequests: { interaction: 100, thumbnail: 5, prefetch: 25 },
  investigationalUseDialog: { option: 'never' },
  defaultDataSourceName: 'dicomweb',
  dataSources: [{
    namespace: '@ohif/extension-default.dataSourcesModule.dicomweb', sourceName: 'dicomweb',
    configuration: {
      friendlyName: 'Orthanc', name: 'Orthanc',
      wadoUriRoot: '/dicom-web', qidoRoot: '/dicom-web', wadoRoot: '/dicom-web',
      qidoSupportsIncludeField: false, supportsReject: false, imageRendering: 'wadors',
      thumbnailRendering: 'wadors', enableStudyLazyLoad: true, supportsFuzzyMatching: false,
      supportsWildcard: true, singlepart: 'bulkdata,video',
      bulkDataURI: { enabled: true, relativeResolution: 'studies' },
      omitQuotationForMultipartRequest: true,
    },
  }],
};\n`;

/**
 * OHIF served by nginx as a site would: compressed, its files kept by the browser for a year, and Orthanc's DICOMweb
 * under the same origin, so that no question of origins costs it a round trip.
 */
export async function startOhif(orthanc: string): Promise<{ origin: string; stop: () => Promise<void> }> {
  const dist = await fetchOhif();
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'consilium-ohif-'));
  await fs.cp(dist, path.join(folder, 'www'), { recursive: true });
  await fs.writeFile(path.join(folder, 'www', 'app-config.js'), appConfig);
  execFileSync('chmod', ['-R', 'a+rX', folder]);
  const port = await freePort();
  const file = path.join(folder, 'nginx.conf');
  await fs.writeFile(file, nginxConfig(folder, port, orthanc));
  const child = spawn('nginx', ['-c', file], { stdio: 'inherit' });
  const origin = `http://localhost:${port}`;
  for (const until = Date.now() + 10_000; ; ) {
    const up = await fetch(`${origin}/app-config.js`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) break;
    if (Date.now() > until) throw new Error('nginx did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    origin,
    stop: async () => {
      child.kill('SIGQUIT');
      await new Promise((resolve) => child.once('exit', resolve));
      await fs.rm(folder, { recursive: true, force: true });
    },
  };
}

const nginxConfig = (folder: string, port: number, orthanc: string): string => `
daemon off;
pid ${folder}/nginx.pid;
error_log stderr crit;
worker_processes auto;
events { worker_connections 256; }
http {
  include /etc/nginx/mime.types;
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  gzip on;
  gzip_types application/javascript text/javascript text/css application/json application/dicom+json application/wasm image/svg+xml;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  upstream orthanc { server ${new URL(orthanc).host}; keepalive 16; }
  server {
    listen 127.0.0.1:${port};
    root ${folder}/www;
    location /dicom-web/ {
      proxy_pass http://orthanc/dicom-web/;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host:$server_port;
      proxy_buffers 64 64k;
    }
    location ~ "\\.bundle\\.|\\.wasm$|\\.css$" { add_header Cache-Control "public, max-age=31536000, immutable"; }
    location / { try_files $uri /index.html; }
  }
}`;
