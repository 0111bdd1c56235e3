package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// wav is where the samples of a WAV file lie, and what they are.
type wav struct {
	rate           uint32
	channels, bits uint16
	start, length  int64
}

// readWav reads the header of a WAV file.
func readWav(file *os.File) (wav, error) {
	var found wav
	info, err := file.Stat()
	if err != nil {
		return found, err
	}
	var head [12]byte
	if _, err := io.ReadFull(file, head[:]); err != nil {
		return found, err
	}
	if string(head[:4]) != "RIFF" || string(head[8:]) != "WAVE" {
		return found, errors.New("it is no WAV file")
	}
	for at := int64(len(head)); ; {
		var chunk [8]byte
		if _, err := file.ReadAt(chunk[:], at); err != nil {
			return found, errors.New("it has no samples")
		}
		at += int64(len(chunk))
		size := int64(binary.LittleEndian.Uint32(chunk[4:]))
		switch string(chunk[:4]) {
		case "fmt ":
			var format [16]byte
			if size < int64(len(format)) {
				return found, fmt.Errorf("its format has %d bytes", size)
			}
			if _, err := file.ReadAt(format[:], at); err != nil {
				return found, err
			}
			found.channels = binary.LittleEndian.Uint16(format[2:])
			found.rate = binary.LittleEndian.Uint32(format[4:])
			found.bits = binary.LittleEndian.Uint16(format[14:])
		case "data":
			if found.frameBytes() == 0 {
				return found, errors.New("it has samples of no size")
			}
			found.start, found.length = at, min(size, info.Size()-at)
			return found, nil
		}
		at += size + size%2
	}
}

func (w wav) frameBytes() int64 { return int64(w.channels) * int64(w.bits/8) }
