// A telephone network's message centre (SMPP 3.4), for one test. Prints a line of JSON for whatever happens:
// {"listening": PORT}, {"bound": ID}, {"refused": ID}, {"answered": NUMBER, "status": S}, {"submitted": {…}}, {"unbound": true},
// {"gone": true}; and does what it reads as lines of JSON:
//
//   {"deliver": {"from", "text", "coding"?, "reference"?, "count"?, "place"?}, "as": NUMBER}   a message for the number bound;
//       with "ton", "npi" and "esm" as they are; with "hex" for bytes instead of the text, "payload" for them as message_payload
//   {"raw": "HEX"}    bytes that are no SMPP
//   {"drop": true}    breaks the connection
//
//   node smsc.mjs --password SECRET [--port PORT]
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import smpp from 'smpp';

const { values } = parseArgs({ options: { password: { type: 'string' }, port: { type: 'string', default: '0' } } });
const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
let link;

const server = smpp.createServer((session) => {
  session.on('bind_transceiver', (pdu) => {
    if (pdu.password !== values.password) {
      session.send(pdu.response({ command_status: smpp.ESME_RINVPASWD }));
      session.close();
      say({ refused: pdu.system_id });
      return;
    }
    session.send(pdu.response());
    link = session;
    say({ bound: pdu.system_id, version: pdu.interface_version });
  });
  session.on('submit_sm', (pdu) => {
    session.send(pdu.response({ message_id: '1' }));
    const { source_addr, destination_addr, dest_addr_ton, data_coding, esm_class, short_message } = pdu;
    const text = short_message.message;
    say({ submitted: { source_addr, destination_addr, dest_addr_ton, data_coding, esm_class, text } });
  });
  session.on('enquire_link', (pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu) => {
    session.send(pdu.response());
    say({ unbound: true });
  });
  session.on('error', () => {});
  session.on('close', () => say({ gone: true }));
});
server.listen(Number(values.port), '127.0.0.1', () => say({ listening: server.address().port }));

function deliver({ from, ton = 1, npi = 0, esm = 0, hex, payload, coding, reference, count, place, ...said }, as) {
  const text = hex === undefined ? said.text : Buffer.from(hex, 'hex');
  const message = { source_addr: from, source_addr_ton: ton, source_addr_npi: npi, esm_class: esm, destination_addr: '8175' };
  if (coding !== undefined) message.data_coding = coding;
  if (payload) {
    message.message_payload = text;
  } else if (reference === undefined) {
    message.short_message = text;
  } else {
    message.esm_class = 0x40;
    message.short_message = { udh: Buffer.from([5, 0, 3, reference, count, place]), message: text };
  }
  link.deliver_sm(message, (answer) => say({ answered: as, status: answer.command_status }));
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const asked = JSON.parse(line);
  if (asked.deliver) deliver(asked.deliver, asked.as);
  if (asked.raw) link.socket.write(Buffer.from(asked.raw, 'hex'));
  if (asked.drop) link.destroy();
}).on('close', () => process.exit(0));
