// A stranger's program: with docs/wire.md and go-cose it verifies a receipt, comes to trust a card, and hands in a report.
//
//	stranger PAGE IOC
//
// It prints one line: {"example", "name", "receipt", "case"}.
package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"os"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
)

// go-cose reads and writes nothing without it.
const tag = 0xd2

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func encode(value any) []byte {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	check(err)
	out, err := mode.Marshal(value)
	check(err)
	return out
}

// verify gives signer and payload of an envelope that fits.
func (p *page) verify(envelope []byte, format string) (kid, payload []byte) {
	message := cose.NewSign1Message()
	check(message.UnmarshalCBOR(append([]byte{tag}, envelope...)))
	protected := message.Headers.Protected
	if _, ok := protected[cose.HeaderLabelCritical]; ok {
		panic("crit") // go-cose lets pass what it does not know
	}
	kid = protected[cose.HeaderLabelKeyID].([]byte)
	x, y := elliptic.UnmarshalCompressed(elliptic.P256(), kid)
	key := &ecdsa.PublicKey{Curve: elliptic.P256(), X: x, Y: y}
	verifier, err := cose.NewVerifier(cose.AlgorithmES256, key)
	check(err)
	check(message.Verify(p.purpose(format), verifier))
	return kid, message.Payload
}

// sign gives an envelope in its plain form, and in the others that fit.
func (p *page) sign(key *ecdsa.PrivateKey, format string, value any) (plain []byte, others [][]byte) {
	signer, err := cose.NewSigner(cose.AlgorithmES256, key)
	check(err)
	message := cose.NewSign1Message()
	message.Headers.Protected.SetAlgorithm(cose.AlgorithmES256)
	message.Headers.Protected[cose.HeaderLabelKeyID] = elliptic.MarshalCompressed(elliptic.P256(), key.X, key.Y)
	message.Payload = encode(value)
	check(message.Sign(rand.Reader, p.purpose(format), signer))
	tagged, err := message.MarshalCBOR()
	check(err)
	var parts []cbor.RawMessage
	check(cbor.Unmarshal(tagged[1:], &parts))
	order := new(big.Int).SetBytes(p.order())
	low := new(big.Int).SetBytes(message.Signature[32:])
	high := new(big.Int).Sub(order, low)
	if low.Cmp(high) > 0 {
		low, high = high, low
	}
	write := func(s *big.Int) []byte {
		signature := append(bytes.Clone(message.Signature[:32]), s.FillBytes(make([]byte, 32))...)
		return encode([]any{parts[0], map[int]any{}, message.Payload, signature})
	}
	plain = write(low)
	flipped := write(high)
	return plain, [][]byte{append([]byte{tag}, plain...), flipped, append([]byte{tag}, flipped...)}
}

func ask(request *http.Request) []byte {
	client := &http.Client{Transport: &http.Transport{Proxy: nil}}
	answer, err := client.Do(request)
	check(err)
	body, err := io.ReadAll(answer.Body)
	check(err)
	if answer.StatusCode != http.StatusOK {
		panic(fmt.Sprintf("%s: %s", answer.Status, body))
	}
	return body
}

func get(address string) []byte {
	request, err := http.NewRequest(http.MethodGet, address, nil)
	check(err)
	return ask(request)
}

func post(address string, body []byte) []byte {
	request, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	check(err)
	request.Header.Set("Content-Type", "application/cbor")
	return ask(request)
}

// uuid is a version 7.
func uuid(now time.Time) []byte {
	id := make([]byte, 16)
	_, err := rand.Read(id)
	check(err)
	ms := now.UnixMilli()
	for at := 0; at < 6; at++ {
		id[5-at] = byte(ms >> (8 * at))
	}
	id[6], id[8] = 0x70|id[6]&0x0f, 0x80|id[8]&0x3f
	return id
}

func (p *page) command(tenant any, report []byte, now time.Time) any {
	claim := sha256.Sum256(uuid(now))
	clock := p.format("ClockReading", map[string]any{
		"wall": now.UnixMilli(), "offset_min": 420, "ticks_ms": 1, "boot": 1,
	})
	place := p.format("Place", map[string]any{
		"point":  p.format("Point", map[string]any{"lat_e7": 164637000, "lon_e7": 1075909000}),
		"source": p.enum("PlaceSource.pin"),
	})
	statement := p.format("Statement", map[string]any{
		"category": "traffic", "text": "Ổ gà lớn giữa đường", "place": place, "captures": []any{},
		"clock": clock, "claim": claim[:], "language": "vi",
	})
	return p.format("Command", map[string]any{
		"tenant": tenant, "id": uuid(now), "report": report, "revision": 1,
		"body": p.choice("Body", "report", statement),
	})
}

func main() {
	p, err := readPage(os.Args[1])
	check(err)
	ioc := os.Args[2]
	_, payload := p.verify(p.example(), "Receipt")
	example := p.read("Receipt", payload).field("hash").([]byte)

	kid, payload := p.verify(get(ioc+"/v1/card"), "TenantCard")
	card := p.read("TenantCard", payload)
	trusted := func(kid []byte) bool {
		for _, one := range card.field("keys").([]any) {
			key := p.of("HubKey", toFields(one)).field("public_key").([]byte)
			if bytes.Equal(key, kid) {
				return true
			}
		}
		return false
	}
	if !trusted(kid) {
		panic("the card is signed by none of its keys")
	}

	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	now := time.Now()
	report := uuid(now)
	plain, others := p.sign(key, "Command", p.command(card.field("tenant"), report, now))
	name := sha256.Sum256(plain)
	commands := append(others, plain)
	request := p.format("SyncRequest", map[string]any{
		"tenant": card.field("tenant"), "commands": commands, "offers": []any{}, "held": make([]byte, 16),
		"card_version": 0, "itemise": []any{},
	})
	_, ways := p.sign(key, "SyncRequest", request)
	reply := p.read("SyncReply", post(ioc+"/v1/sync", ways[2]))

	var receipt []byte
	for _, one := range reply.field("outcomes").([]any) {
		outcome := one.([]any)
		if outcome[0] != p.row("Outcome", "stored").number {
			panic(fmt.Sprintf("refused: %v", outcome))
		}
		stored := outcome[1].([]any)[0].([]byte)
		if receipt != nil && !bytes.Equal(receipt, stored) {
			panic("two receipts for one command")
		}
		receipt = stored
	}
	kid, payload = p.verify(receipt, "Receipt")
	if !trusted(kid) {
		panic("the receipt is a stranger's")
	}
	told := p.read("Receipt", payload)
	same := bytes.Equal(told.field("hash").([]byte), name[:]) && bytes.Equal(told.field("report").([]byte), report)
	if !same || told.field("tenant") != card.field("tenant") || told.field("stage") != p.enum("PartKind.statement") {
		panic("the receipt is for something else")
	}
	line, err := json.Marshal(map[string]any{
		"example": hex.EncodeToString(example), "name": hex.EncodeToString(name[:]),
		"receipt": hex.EncodeToString(receipt), "case": told.field("case"),
	})
	check(err)
	fmt.Println(string(line))
}

func toFields(value any) map[uint64]any {
	fields := map[uint64]any{}
	for key, one := range value.(map[any]any) {
		fields[key.(uint64)] = one
	}
	return fields
}
