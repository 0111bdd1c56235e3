/* The least that a process can do which answers blocks in shared memory: `echo-process`, with the memory as descriptor 3.
 * At 0 and 64 are semaphores (its turn, the host's turn); at 128 the number of bytes; at 4096 the input, at 8192 the output. */
#include <semaphore.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <signal.h>

int main(void) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  char *memory = mmap(NULL, 12288, PROT_READ | PROT_WRITE, MAP_SHARED, 3, 0);
  if (memory == MAP_FAILED) return 1;
  sem_t *mine = (sem_t *)memory, *other = (sem_t *)(memory + 64);
  for (;;) {
    while (sem_wait(mine) != 0) continue;
    memcpy(memory + 8192, memory + 4096, *(volatile unsigned *)(memory + 128));
    sem_post(other);
  }
}
