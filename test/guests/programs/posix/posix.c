/* Does with a folder what programs in C do, and prints what came of each step: posix FOLDER */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *root;

static const char *at(const char *name) {
  static char paths[4][512];
  static int turn;
  char *path = paths[turn++ % 4];
  snprintf(path, 512, "%s/%s", root, name);
  return path;
}

static void say(const char *what, int result) {
  if (result < 0) printf("%s: %s\n", what, strerror(errno));
  else printf("%s: fine\n", what);
}

static int compare(const void *one, const void *other) {
  return strcmp(*(char *const *)one, *(char *const *)other);
}

static void list(const char *path) {
  DIR *folder = opendir(path);
  if (folder == NULL) {
    say("opendir", -1);
    return;
  }
  char *names[256];
  int count = 0;
  for (struct dirent *entry; count < 256 && (entry = readdir(folder)) != NULL;) names[count++] = strdup(entry->d_name);
  closedir(folder);
  qsort(names, count, sizeof names[0], compare);
  for (int each = 0; each < count; each++) printf("%s ", names[each]);
  printf("\n");
}

static void put(const char *path, const char *text, const char *mode) {
  FILE *file = fopen(path, mode);
  if (file == NULL) {
    say("fopen", -1);
    return;
  }
  fputs(text, file);
  fclose(file);
}

int main(int count, char **args) {
  root = count > 1 ? args[1] : ".";
  struct stat stat_of;
  list(root);
  say("mkdir", mkdir(at("made"), 0777));
  say("mkdir again", mkdir(at("made"), 0777));
  put(at("made/file"), "one", "w");
  put(at("made/file"), " two", "a");
  say("stat", stat(at("made/file"), &stat_of));
  printf("size %lld, links %d\n", (long long)stat_of.st_size, (int)stat_of.st_nlink);
  say("link", link(at("made/file"), at("made/hard")));
  say("symlink", symlink("file", at("made/soft")));
  char target[64] = {0};
  printf("readlink: %d %s\n", (int)readlink(at("made/soft"), target, 63), target);
  say("rename", rename(at("made/file"), at("made/moved")));
  say("rename to a slash", rename(at("made/moved"), at("made/other/")));
  say("open exclusive", open(at("made/soft"), O_CREAT | O_EXCL | O_RDWR, 0666));
  say("open a folder to write", open(at("made"), O_RDWR));
  say("truncate", truncate(at("made/moved"), 2));
  say("unlink a folder", unlink(at("made")));
  say("rmdir a full folder", rmdir(at("made")));
  say("rmdir a file", rmdir(at("made/moved")));
  say("access", access(at("none"), F_OK));
  say("lstat above", lstat("..", &stat_of) < 0 ? 0 : -1);
  int file = open(at("made/hard"), O_RDWR);
  char bytes[8] = {0};
  printf("pread: %d %s\n", (int)pread(file, bytes, 7, 1), bytes);
  printf("pwrite: %d\n", (int)pwrite(file, "xyz", 3, 5));
  printf("lseek: %d\n", (int)lseek(file, 0, SEEK_END));
  say("fsync", fsync(file));
  close(file);
  int folder = open(at("made"), O_RDONLY | O_DIRECTORY);
  say("openat", openat(folder, "hard", O_RDONLY));
  say("unlinkat", unlinkat(folder, "soft", 0));
  close(folder);
  list(at("made"));
  list(at("a.txt"));
  fprintf(stderr, "done\n");
  return access(root, F_OK) == 0 ? 0 : 5;
}
