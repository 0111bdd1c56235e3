// A program for WASI Preview 1: says what it was started with, and copies its input.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int count, char **words) {
  const char *name = getenv("WORDS_NAME");
  printf("%d words for %s\n", count - 1, name == NULL ? "nobody" : name);
  for (int at = 1; at < count; at++) printf("%s\n", words[at]);
  char line[256];
  while (fgets(line, sizeof line, stdin) != NULL) fputs(line, stdout);
  if (count > 1 && words[1][0] == '/') {
    FILE *file = fopen(words[1], "r");
    if (file == NULL) {
      perror(words[1]);
      exit(2);
    }
    while (fgets(line, sizeof line, file) != NULL) fputs(line, stdout);
    fclose(file);
  }
  return fflush(stdout) == 0 ? 0 : 1;
}
