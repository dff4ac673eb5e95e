package main

import (
	"encoding/hex"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/fxamacker/cbor/v2"
)

// A field of a format, or a kind of a choice, as the page's table has it.
type row struct {
	number uint64
	kind   string
}

// page is docs/wire.md, read: all the numbers that this program knows.
type page struct {
	text   string
	tables map[string]map[string]row
	enums  map[string]uint64
}

func readPage(path string) (*page, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	p := &page{string(text), map[string]map[string]row{}, map[string]uint64{}}
	heading := ""
	for _, line := range strings.Split(p.text, "\n") {
		if strings.HasPrefix(line, "#") {
			heading = strings.Trim(strings.TrimLeft(line, "# "), "`")
		}
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		var cells []string
		for _, cell := range strings.Split(strings.Trim(line, "|"), "|") {
			cells = append(cells, strings.Trim(strings.TrimSpace(cell), "`"))
		}
		if heading == "Numbers" && len(cells) == 2 {
			for _, pair := range strings.Split(cells[1], ", ") {
				name, number, _ := strings.Cut(pair, " ")
				if n, err := strconv.ParseUint(number, 10, 64); err == nil {
					p.enums[cells[0]+"."+name] = n
				}
			}
			continue
		}
		number, err := strconv.ParseUint(cells[0], 10, 64)
		if err != nil || len(cells) < 3 {
			continue
		}
		if p.tables[heading] == nil {
			p.tables[heading] = map[string]row{}
		}
		p.tables[heading][cells[1]] = row{number, cells[2]}
	}
	return p, nil
}

func (p *page) row(format, field string) row {
	found, ok := p.tables[format][field]
	if !ok {
		panic(fmt.Sprintf("the page has no %s of %s", field, format))
	}
	return found
}

func (p *page) enum(name string) uint64 {
	number, ok := p.enums[name]
	if !ok {
		panic("the page has no number of " + name)
	}
	return number
}

// purpose is what is bound in for a format.
func (p *page) purpose(format string) []byte {
	found := regexp.MustCompile("(?m)^\\| `(paht/[a-z]+/1)` \\| `" + format + "`").FindStringSubmatch(p.text)
	if found == nil {
		panic("the page has no purpose of " + format)
	}
	return []byte(found[1])
}

// order of the curve, as the page has it.
func (p *page) order() []byte {
	bytes, _ := hex.DecodeString(regexp.MustCompile(`\bf{8}0{8}[0-9a-f]{48}\b`).FindString(p.text))
	return bytes
}

// example is the receipt that the page shows.
func (p *page) example() []byte {
	_, rest, _ := strings.Cut(p.text, "```hex\n")
	block, _, _ := strings.Cut(rest, "```")
	bytes, err := hex.DecodeString(strings.Join(strings.Fields(block), ""))
	if err != nil {
		panic(err)
	}
	return bytes
}

// format writes fields under their keys, and insists on those that must be there.
func (p *page) format(name string, fields map[string]any) map[uint64]any {
	out := map[uint64]any{}
	for field, value := range fields {
		out[p.row(name, field).number] = value
	}
	for field, row := range p.tables[name] {
		if _, ok := fields[field]; !ok && !strings.HasSuffix(row.kind, "?") {
			panic(fmt.Sprintf("%s lacks %s", name, field))
		}
	}
	return out
}

// choice writes one kind of a choice.
func (p *page) choice(name, kind string, values ...any) []any {
	return []any{p.row(name, kind).number, values}
}

// reading is a format that was read.
type reading struct {
	page   *page
	name   string
	fields map[uint64]any
}

func (p *page) read(name string, bytes []byte) reading {
	fields := map[uint64]any{}
	if err := cbor.Unmarshal(bytes, &fields); err != nil {
		panic(name + ": " + err.Error())
	}
	return p.of(name, fields)
}

func (p *page) of(name string, fields map[uint64]any) reading {
	return reading{p, name, fields}
}

func (r reading) field(name string) any {
	return r.fields[r.page.row(r.name, name).number]
}
