"""Makes the tagged files of this folder, by the library mutagen (pip install mutagen)."""

import os
import struct
import wave

from mutagen.flac import FLAC
from mutagen.id3 import ID3, TALB, TIT2, TLEN, TPE1, TRCK
from mutagen.wave import WAVE

os.makedirs("disc-2", exist_ok=True)


def frames(title, number, encoding):
    """Returns the frames of an ID3 tag, in one of its encodings of text."""
    texts = [TIT2(text=title), TPE1(text="Ada"), TALB(text="Engines"), TRCK(text=f"{number}/3"), TLEN(text="2000")]
    for frame in texts:
        frame.encoding = encoding
    return texts


# MPEG 1, layer 3, 128 kbit/s, 44.1 kHz: a frame of silence.
with open("1.mp3", "wb") as file:
    file.write(b"\xff\xfb\x90\x00" + bytes(413))
with open("untitled.mp3", "wb") as file:
    file.write(b"\xff\xfb\x90\x00" + bytes(413))
tag = ID3()
for frame in frames("Überall", 1, 1):
    tag.add(frame)
tag.save("1.mp3", v2_version=3, padding=lambda _: 16)

with wave.open("2.wav", "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(1)
    file.setframerate(100)
    file.writeframes(bytes([128] * 200))
sound = WAVE("2.wav")
sound.add_tags()
for frame in frames("Still", 2, 3):
    sound.tags.add(frame)
sound.save(padding=lambda _: 16)

# The head of a FLAC of three seconds: sizes of blocks and frames, 20 bits of the sample rate, 3 of the channels less one, 5 of
# the bits less one, 36 of the number of samples, and a hash.
numbers = (44_100 << 44) | (1 << 41) | (15 << 36) | (3 * 44_100)
info = struct.pack(">HH", 4096, 4096) + bytes(6) + struct.pack(">Q", numbers) + bytes(16)
with open("disc-2/3.flac", "wb") as file:
    file.write(b"fLaC" + b"\x80\x00\x00\x22" + info)
song = FLAC("disc-2/3.flac")
song["title"], song["artist"], song["album"], song["tracknumber"] = "はな", "Ada", "Engines", "3"
song.save(padding=lambda _: 16)
