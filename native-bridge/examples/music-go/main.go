// A source of music: lists and reads the WAV files in the folder that the setting "folder" names.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

const (
	lifecycle = "wasm-plugin:abi/lifecycle@0.1.0"
	state     = "wasm-plugin:abi/state@0.1.0"
	source    = "acme:music/source@1.0.0"
	logLog    = "wasm-plugin:abi/log@0.1.0#log"
	configGet = "wasm-plugin:abi/config@0.1.0#get"
)

// Places in the enum "level" of the interface log.
const (
	levelInfo = 2
	levelWarn = 3
)

// of is a type with parts, as the line writes it.
type of map[string]any

var (
	bytesType  = of{"list": "u8"}
	orText     = of{"result": of{"err": "string"}}
	bytesOr    = of{"result": of{"ok": bytesType, "err": "string"}}
	settings   = of{"list": of{"record": [][2]any{{"key", "string"}, {"value", "string"}}}}
	formatType = of{"record": [][2]any{{"sample-rate-hz", "u32"}, {"channels", "u16"}, {"bits", "u16"}}}
	trackType  = of{"record": [][2]any{
		{"id", "string"}, {"title", "string"}, {"format", formatType}, {"frames", "u64"}, {"plays", "u32"},
	}}
)

// music is the plugin. Calls run at the same time.
type music struct {
	mutex  sync.Mutex
	host   *peer
	folder string
	plays  map[string]uint32
}

func main() {
	m := &music{plays: map[string]uint32{}}
	host, err := connect(os.Stdin, os.Stdout, hello{
		Versions: []int{1}, ID: "acme.music", Version: "1.0.0", Calls: 64, Functions: m.functions(),
	})
	if err == nil {
		m.host = host
		err = host.serve()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "Cannot go on:", err)
		os.Exit(1)
	}
}

func (m *music) functions() []function {
	none := [][2]any{}
	return []function{
		{lifecycle, "init", [][2]any{{"settings", settings}}, orText, m.init},
		{lifecycle, "health", none, orText, m.health},
		{lifecycle, "configure", [][2]any{{"settings", settings}}, orText, m.configure},
		{state, "schema", none, "u32", m.schema},
		{state, "serialize", none, bytesOr, m.serialize},
		{state, "restore", [][2]any{{"state", bytesType}, {"schema", "u32"}, {"version", "string"}}, orText, m.restore},
		{source, "search", [][2]any{{"text", "string"}, {"limit", "u32"}}, of{"list": trackType}, m.search},
		{source, "read", [][2]any{{"id", "string"}, {"offset", "u64"}, {"count", "u32"}}, bytesOr, m.read},
		{source, "played", [][2]any{{"id", "string"}}, orText, m.played},
	}
}

func (m *music) search(args *in, result *out) error {
	text, limit := strings.ToLower(args.text()), args.u32()
	if err := args.end(); err != nil {
		return err
	}
	found := &out{}
	count := uint64(0)
	for _, id := range m.files() {
		title := strings.TrimSuffix(id, ".wav")
		if count >= uint64(limit) || !strings.Contains(strings.ToLower(title), text) {
			continue
		}
		about, err := m.open(id, func(_ *os.File, about wav) error {
			m.mutex.Lock()
			defer m.mutex.Unlock()
			found.text(id)
			found.text(title)
			found.unsigned(uint64(about.rate))
			found.unsigned(uint64(about.channels))
			found.unsigned(uint64(about.bits))
			found.unsigned(uint64(about.length / about.frameBytes()))
			found.unsigned(uint64(m.plays[id]))
			return nil
		})
		if err != nil {
			m.log(levelWarn, fmt.Sprintf("Cannot read %s: %v", id, err))
		} else if about.frameBytes() > 0 {
			count++
		}
	}
	result.unsigned(count)
	result.bytes = append(result.bytes, found.bytes...)
	return nil
}

func (m *music) read(args *in, result *out) error {
	id, offset, count := args.text(), args.unsigned(64), args.u32()
	if err := args.end(); err != nil {
		return err
	}
	var samples []byte
	_, err := m.open(id, func(file *os.File, about wav) error {
		if offset >= uint64(about.length) {
			return nil
		}
		samples = make([]byte, min(int64(count), about.length-int64(offset)))
		_, err := io.ReadFull(io.NewSectionReader(file, about.start+int64(offset), int64(len(samples))), samples)
		return err
	})
	result.flag(err != nil)
	if err != nil {
		result.text(err.Error())
	} else {
		result.list(samples)
	}
	return nil
}

func (m *music) played(args *in, result *out) error {
	id := args.text()
	if err := args.end(); err != nil {
		return err
	}
	_, err := m.open(id, func(*os.File, wav) error {
		m.mutex.Lock()
		defer m.mutex.Unlock()
		m.plays[id]++
		return nil
	})
	result.orText(err)
	return nil
}

// open opens a track. An id is the name of a file in the folder, and nothing that leads out of it.
func (m *music) open(id string, use func(*os.File, wav) error) (wav, error) {
	if id != filepath.Base(id) || !strings.HasSuffix(id, ".wav") {
		return wav{}, errors.New("there is no such track")
	}
	file, err := os.Open(m.inFolder(id))
	if err != nil {
		return wav{}, err
	}
	defer file.Close()
	about, err := readWav(file)
	if err == nil {
		err = use(file, about)
	}
	return about, err
}

func (m *music) files() []string {
	entries, _ := os.ReadDir(m.inFolder("")) // Nothing in a folder that is gone: "health" tells.
	var names []string
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), ".wav") {
			names = append(names, entry.Name())
		}
	}
	return names
}

func (m *music) inFolder(name string) string {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return filepath.Join(m.folder, name)
}
