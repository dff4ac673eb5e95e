// Uploads a file with tus-js-client, as any tus client would, and prints one line: {"url", "offset", "done"}.
//
//   node tus_upload.mjs ENDPOINT FILE --report ID --hash SHA256 [--stop-after BYTES] [--url UPLOAD_URL]
//
// With --stop-after the connection is cut in the middle of the request that follows the first BYTES bytes, so a file
// should be more than twice as long. The printed offset is then what the server says it holds. With --url an upload
// that was cut is taken up again.
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import * as tus from 'tus-js-client';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    report: { type: 'string' },
    hash: { type: 'string' },
    'stop-after': { type: 'string' },
    url: { type: 'string' },
  },
});
const [endpoint, file] = positionals;
if (!endpoint || !file || !values.report || !values.hash) {
  console.error('usage: tus_upload.mjs ENDPOINT FILE --report ID --hash SHA256 [--stop-after BYTES] [--url URL]');
  process.exit(2);
}
const stopAfter = values['stop-after'] === undefined ? Infinity : Number(values['stop-after']);
if (!(stopAfter > 0)) {
  console.error('--stop-after takes a number of bytes above 0');
  process.exit(2);
}
const size = fs.statSync(file).size;

const upload = new tus.Upload(fs.createReadStream(file), {
  endpoint,
  uploadUrl: values.url ?? null,
  uploadSize: size,
  chunkSize: Number.isFinite(stopAfter) ? stopAfter : 8 * 1024 * 1024,
  metadata: { report: values.report, hash: values.hash },
  retryDelays: null,
  storeFingerprintForResuming: false,
  onProgress: (sent) => {
    if (sent > stopAfter) cut();
  },
  onSuccess: () => tell(size),
  onError: (error) => {
    console.error(error.message);
    process.exit(1);
  },
});
upload.start();

let isCut = false;
async function cut() {
  if (isCut) return;
  isCut = true;
  await upload.abort();
  const answer = await fetch(upload.url, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } });
  const offset = Number(answer.headers.get('upload-offset') ?? NaN);
  if (!answer.ok || !Number.isInteger(offset)) {
    console.error(`HEAD after the cut: status ${answer.status}, no offset`);
    process.exit(1);
  }
  tell(offset);
}

function tell(offset) {
  console.log(JSON.stringify({ url: upload.url, offset, done: offset === size }));
  process.exit(0);
}
