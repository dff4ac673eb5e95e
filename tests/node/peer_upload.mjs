// Sends files as apps of today do, and tries again after each failure, for ever. Prints {"done": true} when all are there.
//
//   node peer_upload.mjs tus|form ADDRESS FILE...
import fs from 'node:fs';
import path from 'node:path';
import * as tus from 'tus-js-client';

const [kind, address, ...files] = process.argv.slice(2);
if (!['tus', 'form'].includes(kind) || !address || files.length === 0) {
  console.error('usage: peer_upload.mjs tus|form ADDRESS FILE...');
  process.exit(2);
}
const pause = (ms) => new Promise((resume) => setTimeout(resume, ms));

function byTus(file) {
  return new Promise((done, failed) => {
    const upload = new tus.Upload(fs.createReadStream(file), {
      endpoint: address,
      uploadSize: fs.statSync(file).size,
      chunkSize: 256 * 1024,
      metadata: { filename: path.basename(file) },
      retryDelays: Array(10_000).fill(1_000),
      onShouldRetry: () => true,
      onError: failed,
      onSuccess: done,
    });
    upload.start();
  });
}

async function byForm(file) {
  for (;;) {
    try {
      const body = new FormData();
      body.append('file', new Blob([fs.readFileSync(file)]), path.basename(file));
      const answer = await fetch(address, { method: 'POST', body });
      if (answer.ok && Number(await answer.text()) > fs.statSync(file).size) return;
    } catch (error) {
      console.error(String(error.cause ?? error));
    }
    await pause(1_000);
  }
}

for (const file of files) await (kind === 'tus' ? byTus(file) : byForm(file));
console.log(JSON.stringify({ done: true }));
process.exit(0);
