// Reads docs/specs/vectors/exchange.json with nothing of this project but the specifications: node tools/check-vectors.mjs
import { createDecipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, verify } from "node:crypto";
import { readFileSync } from "node:fs";

const file = JSON.parse(readFileSync(new URL("../docs/specs/vectors/exchange.json", import.meta.url)));
const goodFrom = Date.UTC(2026, 0, 1);
const bytes = text => Buffer.from(text, "base64url");
const signing = Object.fromEntries(file.bureaus.map(b => [b.signing, createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(b.public, "hex").toString("base64url") }, format: "jwk" })]));
let checked = 0, wrong = 0;
const expect = (title, got, wanted) => { checked++; if (got !== wanted) { wrong++; console.error(`${title}: ${got} and not ${wanted}`); } };

// RFC 7518, 4.6: one round of the key derivation is enough for 256 bits.
function wrappingKey(jwk, epk) {
  const secret = diffieHellman({ privateKey: createPrivateKey({ key: jwk, format: "jwk" }), publicKey: createPublicKey({ key: epk, format: "jwk" }) });
  const number = n => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
  const part = b => Buffer.concat([number(b.length), b]);
  return createHash("sha256").update(Buffer.concat([number(1), secret, part(Buffer.from("ECDH-ES+A256KW")), part(Buffer.alloc(0)), part(Buffer.alloc(0)), number(256)])).digest();
}

// A compact JWS of that type: its payload, when a key that was good then signed it.
function signed(jws, type, partyOf) {
  const [head, payload, signature] = jws.split(".");
  const header = JSON.parse(bytes(head));
  if (header.alg !== "EdDSA" || header.typ !== type || Object.keys(header).length !== 3) return "algorithm";
  const said = JSON.parse(bytes(payload));
  if (header.kid.split("#")[0] !== said[partyOf] || !signing[header.kid] || Date.parse(said.at) < goodFrom) return "sender";
  return verify(null, Buffer.from(`${head}.${payload}`), signing[header.kid], bytes(signature)) ? said : "signature";
}

function open(text, code) {
  const reader = file.bureaus.find(b => b.code === code);
  let envelope;
  try { envelope = JSON.parse(text); } catch { return "unreadable"; }
  if (Object.keys(envelope).sort().join() !== "ciphertext,iv,protected,recipients,tag") return "algorithm";
  const head = JSON.parse(bytes(envelope.protected));
  if (head.enc !== "A256GCM" || head.typ !== "amana-letter+jwe" || head.cty !== "amana-letter+jws" || Object.keys(head).length !== 3) return "algorithm";
  if (envelope.recipients.some(r => r.header.alg !== "ECDH-ES+A256KW")) return "algorithm";
  const ours = envelope.recipients.find(r => r.header.kid === reader.sealing);
  if (!ours) return "not-for-us";
  let plain;
  try {
    const unwrap = createDecipheriv("id-aes256-wrap", wrappingKey(reader.jwk, ours.header.epk), Buffer.alloc(8, 0xa6));
    const content = Buffer.concat([unwrap.update(bytes(ours.encrypted_key)), unwrap.final()]);
    const opener = createDecipheriv("aes-256-gcm", content, bytes(envelope.iv)).setAAD(Buffer.from(envelope.protected)).setAuthTag(bytes(envelope.tag));
    plain = Buffer.concat([opener.update(bytes(envelope.ciphertext)), opener.final()]);
  } catch { return "seal"; }
  if (plain.length !== padded(plain.toString().trimEnd().length)) return "unreadable";
  const letter = signed(plain.toString().trimEnd(), "amana-letter+jws", "from");
  return typeof letter === "string" ? letter : letter.to.includes(code) ? plain.toString().trimEnd() : "address";
}

function padded(length) {
  if (length <= 1024) return 1024;
  const e = Math.floor(Math.log2(length)), free = e - (Math.floor(Math.log2(e)) + 1), step = 2 ** free;
  return Math.ceil(length / step) * step;
}

for (const l of file.letters) {
  for (const to of JSON.parse(l.letter).to) expect(l.title, open(l.envelope, to), l.signed);
  expect(l.title, bytes(l.signed.split(".")[1]).toString(), l.letter);
}
for (const r of file.refusedEnvelopes) expect(r.title, open(r.envelope, r.reader), r.word);
for (const r of file.receipts) {
  const said = signed(r.jws, "amana-receipt+jws", "by");
  expect(r.title, typeof said === "object", r.isGood);
  if (r.isGood) expect(r.title, [said.letter, said.from, said.by, said.step, said.at].join(), [r.letter, r.from, r.by, r.step, r.at].join());
}
// Who the words are for is left out: they may have been released to others since.
const forAnybody = handling => JSON.stringify(Object.entries(handling).filter(([name]) => name !== "only" && name !== "except").sort());
for (const m of file.marks) {
  const said = signed(m.jws, "amana-words+jws", "from"), key = JSON.parse(bytes(m.jws.split(".")[0])).kid;
  const fits = typeof said === "object" && said.letter === m.letter && said.from === m.from && said.at === m.at && said.words === createHash("sha256").update(m.text).digest("base64url")
    && forAnybody(said.handling) === forAnybody(JSON.parse(m.handling));
  expect(m.title, fits ? "fits" : said === "sender" && key.startsWith(`${m.from}#`) ? "unknown" : "wrong", m.finding);
}
for (const [length, wanted] of file.padding) expect(`padding of ${length}`, padded(length), wanted);
for (const r of file.requests) {
  const input = r.input.replace(/^amana=/, ""), of = name => input.match(new RegExp(`;${name}="?([^";]*)"?`))?.[1];
  const base = `"@method": ${r.method}\n"@authority": ${r.authority}\n"@path": ${r.path}\n"@query": ${r.query}\n"content-digest": ${r.digest}\n"@signature-params": ${input}`;
  const digest = `sha-256=:${createHash("sha256").update(r.body).digest("base64")}:`;
  const outcome = of("tag") !== "amana-exchange" || of("alg") !== "ed25519" ? "purpose" : Math.abs(Number(of("created")) - r.now) > 300 ? "time" : !signing[of("keyid")] ? "key"
    : !verify(null, Buffer.from(base), signing[of("keyid")], Buffer.from(r.signature.match(/^amana=:(.*):$/)[1], "base64")) ? "signature" : digest !== r.digest ? "digest" : "good";
  expect(r.title, outcome, r.outcome);
  if (outcome !== "signature") expect(r.title, base, r.base);
}
console.log(`${checked} checked, ${wrong} wrong`);
process.exit(wrong > 0 ? 1 : 0);
