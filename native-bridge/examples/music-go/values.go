package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf8"
)

// out collects values of the component model as bytes: "Values" of PROTOCOL.md. The encoding of an integer type up to 64
// bits is that of encoding/binary's varint where it is unsigned.
type out struct{ bytes []byte }

func (o *out) u8(value byte) { o.bytes = append(o.bytes, value) }

func (o *out) unsigned(value uint64) { o.bytes = binary.AppendUvarint(o.bytes, value) }

func (o *out) text(value string) {
	o.unsigned(uint64(len(value)))
	o.bytes = append(o.bytes, value...)
}

func (o *out) list(value []byte) {
	o.unsigned(uint64(len(value)))
	o.bytes = append(o.bytes, value...)
}

func (o *out) flag(value bool) {
	if value {
		o.u8(1)
	} else {
		o.u8(0)
	}
}

// orText appends a result<_, string>: its error where there is one.
func (o *out) orText(err error) {
	o.flag(err != nil)
	if err != nil {
		o.text(err.Error())
	}
}

// in reads values from bytes. After an error every value is zero; end returns the error.
type in struct {
	bytes []byte
	err   error
}

func (i *in) take(count uint64) []byte {
	if i.err == nil && count > uint64(len(i.bytes)) {
		i.err = fmt.Errorf("%d bytes are wanted, %d are left", count, len(i.bytes))
	}
	if i.err != nil {
		return nil
	}
	taken := i.bytes[:count]
	i.bytes = i.bytes[count:]
	return taken
}

func (i *in) u8() byte {
	if taken := i.take(1); taken != nil {
		return taken[0]
	}
	return 0
}

func (i *in) unsigned(bits int) uint64 {
	if i.err != nil {
		return 0
	}
	value, length := binary.Uvarint(i.bytes)
	if length <= 0 || (bits < 64 && value>>bits != 0) {
		i.err = fmt.Errorf("a number of %d bits is wanted", bits)
		return 0
	}
	i.bytes = i.bytes[length:]
	return value
}

func (i *in) u32() uint32 { return uint32(i.unsigned(32)) }

func (i *in) flag() bool {
	value := i.u8()
	if value > 1 && i.err == nil {
		i.err = fmt.Errorf("a byte must be 0 or 1, it is %d", value)
	}
	return value == 1
}

func (i *in) list() []byte { return i.take(i.unsigned(32)) }

func (i *in) text() string {
	text := string(i.list())
	if !utf8.ValidString(text) && i.err == nil {
		i.err = errors.New("a text is not UTF-8")
	}
	return text
}

func (i *in) end() error {
	if i.err == nil && len(i.bytes) > 0 {
		i.err = fmt.Errorf("%d bytes are left over", len(i.bytes))
	}
	return i.err
}

type setting struct{ key, value string }

func (i *in) settings() []setting {
	var settings []setting
	for count := i.unsigned(32); count > 0 && i.err == nil; count-- {
		settings = append(settings, setting{i.text(), i.text()})
	}
	return settings
}
