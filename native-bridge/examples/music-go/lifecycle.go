package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func (m *music) log(level byte, message string) {
	// A line that the host does not take is lost; nothing depends on it.
	_, _ = m.host.call(logLog, func(args *out) {
		args.unsigned(uint64(level))
		args.text(message)
	})
}

func (m *music) init(args *in, result *out) error {
	args.settings()
	if err := args.end(); err != nil {
		return err
	}
	answer, err := m.host.call(configGet, func(args *out) { args.text("folder") })
	if err != nil {
		return err
	}
	folder := ""
	if answer.flag() {
		folder = answer.text()
	}
	if err := answer.end(); err != nil {
		return err
	}
	err = m.use(folder)
	if err == nil {
		m.log(levelInfo, fmt.Sprintf("%d tracks in %s", len(m.files()), folder))
	}
	result.orText(err)
	return nil
}

func (m *music) configure(args *in, result *out) error {
	changed := args.settings()
	if err := args.end(); err != nil {
		return err
	}
	var refusal error
	for _, each := range changed {
		if each.key == "folder" {
			refusal = m.use(each.value)
		}
	}
	result.orText(refusal)
	return nil
}

func (m *music) use(folder string) error {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder %q", folder)
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.folder = folder
	return nil
}

func (m *music) health(args *in, result *out) error {
	_, err := os.Stat(m.inFolder(""))
	result.orText(err)
	return args.end()
}

func (m *music) schema(args *in, result *out) error {
	result.unsigned(1)
	return args.end()
}

func (m *music) serialize(args *in, result *out) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	kept, err := json.Marshal(m.plays)
	if err != nil {
		return err
	}
	result.flag(false)
	result.list(kept)
	return args.end()
}

func (m *music) restore(args *in, result *out) error {
	kept, schema, version := args.list(), args.u32(), args.text()
	if err := args.end(); err != nil {
		return err
	}
	plays := map[string]uint32{}
	err := json.Unmarshal(kept, &plays)
	if schema != 1 {
		err = fmt.Errorf("the format %d of %s is not known", schema, version)
	}
	if err == nil {
		m.mutex.Lock()
		m.plays = plays
		m.mutex.Unlock()
	}
	result.orText(err)
	return nil
}
