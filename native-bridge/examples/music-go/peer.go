package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
)

// Kinds of frames: "Frames" of PROTOCOL.md.
const (
	frameCall = iota + 1
	frameResult
	frameError
	frameCancel
	framePart
	framePing
	framePong
	frameGoodbye
)

const (
	mostLine    = 1 << 20
	mostFrame   = 4 << 20
	mostMessage = 128 << 20
	partBytes   = 1 << 20
)

// function is one that is offered. run reads its arguments to their end and appends its result; an error is a bug or a
// misfit, not the error case of a WIT result.
type function struct {
	Interface string   `json:"interface"`
	Name      string   `json:"name"`
	Params    [][2]any `json:"params"`
	Result    any      `json:"result,omitempty"`
	run       func(args *in, result *out) error
}

// hello is the line that each side begins with.
type hello struct {
	Versions  []int      `json:"versions"`
	ID        string     `json:"id,omitempty"`
	Version   string     `json:"version,omitempty"`
	Functions []function `json:"functions"`
	Calls     int        `json:"calls"`
}

type partKey struct {
	id     uint32
	answer bool
}

type answer struct {
	kind byte
	body []byte
}

// peer is a plugin's end of the connection. Each call of the host runs in a goroutine of its own.
type peer struct {
	source    *bufio.Reader
	writing   sync.Mutex
	target    io.Writer
	functions []function
	host      map[string]uint64
	waiting   sync.Mutex
	answers   map[uint32]chan answer
	nextID    uint32
	places    chan struct{}
	parts     map[partKey][]byte
	partBytes int
}

// connect introduces the plugin and reads the line of the host.
func connect(source io.Reader, target io.Writer, plugin hello) (*peer, error) {
	p := &peer{
		source:    bufio.NewReaderSize(source, 64<<10),
		target:    target,
		functions: plugin.Functions,
		host:      map[string]uint64{},
		answers:   map[uint32]chan answer{},
		parts:     map[partKey][]byte{},
	}
	line, err := json.Marshal(plugin)
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(target, "wasm-plugin-rpc %s\n", line); err != nil {
		return nil, err
	}
	text, err := p.readLine()
	if err != nil {
		return nil, err
	}
	var host hello
	rest, found := strings.CutPrefix(text, "wasm-plugin-rpc ")
	if !found {
		return nil, errors.New("the first line is not that of a host; this is a plugin, to be started by a host of plugins")
	}
	if err := json.Unmarshal([]byte(rest), &host); err != nil {
		return nil, err
	}
	speaks := false
	for _, version := range host.Versions {
		speaks = speaks || version == 1
	}
	if !speaks {
		return nil, fmt.Errorf("the host speaks the versions %v of the protocol; wanted 1", host.Versions)
	}
	for index, offered := range host.Functions {
		p.host[offered.Interface+"#"+offered.Name] = uint64(index)
	}
	p.places = make(chan struct{}, min(max(host.Calls, 1), 1024))
	return p, nil
}

func (p *peer) readLine() (string, error) {
	var line []byte
	for len(line) <= mostLine {
		part, err := p.source.ReadSlice('\n')
		line = append(line, part...)
		if err == nil {
			return string(line), nil
		}
		if err != bufio.ErrBufferFull {
			return "", err
		}
	}
	return "", errors.New("the first line is too long")
}

// serve answers calls until the host ends the connection: then it returns nil.
func (p *peer) serve() error {
	for {
		var header [4]byte
		if _, err := io.ReadFull(p.source, header[:]); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		length := binary.LittleEndian.Uint32(header[:])
		if length < 1 || length > mostFrame {
			return fmt.Errorf("a frame of %d bytes is announced", length)
		}
		frame := make([]byte, length)
		if _, err := io.ReadFull(p.source, frame); err != nil {
			return err
		}
		if err := p.take(frame[0], &in{bytes: frame[1:]}); err != nil {
			return err
		}
	}
}

func (p *peer) take(kind byte, frame *in) error {
	switch kind {
	case framePing:
		return p.writeFrame([]byte{framePong})
	case frameCancel, framePong, frameGoodbye:
		return nil
	case frameCall, frameResult, frameError, framePart:
	default:
		return fmt.Errorf("there is no frame of the kind %d", kind)
	}
	id := frame.u32()
	key := partKey{id, kind != frameCall}
	if kind == framePart {
		key.answer = frame.flag()
	}
	if frame.err != nil {
		return frame.err
	}
	if kind == framePart {
		p.partBytes += len(frame.bytes)
		if p.partBytes > mostMessage {
			return errors.New("a message is too long")
		}
		p.parts[key] = append(p.parts[key], frame.bytes...)
		return nil
	}
	body := frame.bytes
	if before, has := p.parts[key]; has {
		delete(p.parts, key)
		p.partBytes -= len(before)
		body = append(before, body...)
	}
	if kind == frameCall {
		return p.answer(id, &in{bytes: body})
	}
	p.waiting.Lock()
	waiter, waits := p.answers[id]
	delete(p.answers, id)
	p.waiting.Unlock()
	if !waits {
		return fmt.Errorf("an answer to the call %d, which was not made", id)
	}
	waiter <- answer{kind, body}
	return nil
}

func (p *peer) answer(id uint32, call *in) error {
	index := call.u32()
	call.u32() // Time for which the host waits: nothing here takes long.
	if call.err != nil {
		return call.err
	}
	if int64(index) >= int64(len(p.functions)) {
		return fmt.Errorf("there is no function %d", index)
	}
	go func() {
		result := &out{}
		kind := byte(frameResult)
		if err := p.functions[index].run(call, result); err != nil {
			kind, result = frameError, &out{}
			result.text("WP_TRAP_HOST")
			result.text(err.Error())
			result.flag(true)
		}
		_ = p.send(kind, id, result.bytes) // A failure means that the connection is over, which serve notices.
	}()
	return nil
}

// call calls a function of the host.
func (p *peer) call(name string, args func(*out)) (*in, error) {
	index, has := p.host[name]
	if !has {
		return nil, fmt.Errorf("the host has no function %s", name)
	}
	p.places <- struct{}{}
	defer func() { <-p.places }()
	waiter := make(chan answer, 1)
	p.waiting.Lock()
	for p.nextID++; p.answers[p.nextID] != nil; p.nextID++ {
	}
	id := p.nextID
	p.answers[id] = waiter
	p.waiting.Unlock()
	body := &out{}
	body.unsigned(index)
	body.unsigned(0)
	args(body)
	if err := p.send(frameCall, id, body.bytes); err != nil {
		return nil, err
	}
	got := <-waiter
	reader := &in{bytes: got.body}
	if got.kind == frameResult {
		return reader, nil
	}
	code, message := reader.text(), reader.text()
	return nil, fmt.Errorf("%s (%s)", message, code)
}

func (p *peer) send(kind byte, id uint32, body []byte) error {
	head := binary.AppendUvarint(nil, uint64(id))
	for ; len(body) > partBytes; body = body[partBytes:] {
		part := append([]byte{framePart}, head...)
		part = append(part, 0)
		if kind != frameCall {
			part[len(part)-1] = 1
		}
		if err := p.writeFrame(append(part, body[:partBytes]...)); err != nil {
			return err
		}
	}
	return p.writeFrame(append(append([]byte{kind}, head...), body...))
}

func (p *peer) writeFrame(frame []byte) error {
	whole := append(binary.LittleEndian.AppendUint32(nil, uint32(len(frame))), frame...)
	p.writing.Lock()
	defer p.writing.Unlock()
	_, err := p.target.Write(whole)
	return err
}
