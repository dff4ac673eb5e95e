// The other side of the peers of the network bench: @tus/server under /files, a form under /form.
//
//   node peer_server.mjs HOST PORT FOLDER
import fs from 'node:fs';
import http from 'node:http';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

const [host, port, directory] = process.argv.slice(2);
if (!host || !port || !directory) {
  console.error('usage: peer_server.mjs HOST PORT FOLDER');
  process.exit(2);
}
fs.mkdirSync(directory, { recursive: true });
const tus = new Server({ path: '/files', datastore: new FileStore({ directory }), lockDrainTimeout: 3_000 });

function form(request, response) {
  let bytes = 0;
  request.on('data', (piece) => (bytes += piece.length));
  request.on('error', () => {});
  request.on('end', () => response.end(String(bytes)));
}

http
  .createServer((request, response) => (request.url.startsWith('/form') ? form(request, response) : tus.handle(request, response)))
  .listen(Number(port), host, () => console.log('listening'));
