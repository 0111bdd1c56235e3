"""Does what scripts do with a folder: app.py FOLDER ARGUMENTS…"""

import datetime
import decimal
import glob
import hashlib
import json
import os
import re
import shutil
import sys

from wit_world import exports


def attempt(name, work):
    try:
        print(name, work())
    except OSError as error:
        print(name, type(error).__name__, error.errno)


def walk(root):
    for path, folders, files in sorted(os.walk(root)):
        print(path, sorted(folders), sorted(files))


def run(root, *rest):
    print(rest, sorted(os.environ.items()))
    walk(root)
    with open(os.path.join(root, "made.json"), "w", encoding="utf-8") as file:
        json.dump({"ü": [1, 2.5, None]}, file, ensure_ascii=False)
    with open(os.path.join(root, "made.json"), encoding="utf-8") as file:
        print(json.load(file))
    print(re.findall(r"\b\w+(?=ld)", open(os.path.join(root, "a.txt")).read()))
    print(datetime.datetime(2026, 11, 30, tzinfo=datetime.timezone.utc).isoformat())
    print(hashlib.sha256(b"x" * 1000).hexdigest(), decimal.Decimal(2).sqrt())
    print(sorted(glob.glob(os.path.join(root, "**", "*.txt"), recursive=True)))
    shutil.copytree(os.path.join(root, "sub"), os.path.join(root, "copy"), symlinks=False)
    os.rename(os.path.join(root, "copy", "b.txt"), os.path.join(root, "copy", "renamed"))
    os.link(os.path.join(root, "copy", "renamed"), os.path.join(root, "hard"))
    os.symlink("a.txt", os.path.join(root, "soft"))
    print(os.readlink(os.path.join(root, "soft")), os.path.exists(os.path.join(root, "none")))
    attempt("exclusive", lambda: open(os.path.join(root, "dangling"), "x"))
    attempt("read folder", lambda: open(root).read())
    attempt("list file", lambda: os.listdir(os.path.join(root, "a.txt")))
    attempt("remove full", lambda: os.rmdir(os.path.join(root, "sub")))
    os.utime(os.path.join(root, "a.txt"), (5, 6))
    print(os.stat(os.path.join(root, "a.txt")).st_mtime)
    shutil.rmtree(os.path.join(root, "build"))
    print("done", file=sys.stderr)


class Run(exports.Run):
    def run(self) -> None:
        run(*sys.argv[1:])
