// How many bytes unishox2 makes of each text: a JSON array of texts in, a JSON array of numbers out.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const unishox = createRequire(import.meta.url)("unishox2.siara.cc");
// The package says numbers of its own on the console, and gives eighths of bytes.
const say = console.log;
console.log = () => {};
const bytes = (text) => {
  const out = new Uint8Array(4 * Buffer.byteLength(text) + 64);
  return Math.ceil(unishox.unishox2_compress_simple(Buffer.from(text), Buffer.byteLength(text), out));
};
say(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(bytes)));
