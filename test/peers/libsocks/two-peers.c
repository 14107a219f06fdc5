/*
 * A server for two peers, written for no proxy at all. The classic recompile makes it a SOCKS client:
 * cc -Dconnect=Rconnect -Dbind=Rbind -Dgetsockname=Rgetsockname -Dlisten=Rlisten -Daccept=Raccept … -lsocksd
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef connect
int SOCKSinit(char *name);
int connect(int, const struct sockaddr *, socklen_t);
int bind(int, const struct sockaddr *, socklen_t);
int getsockname(int, struct sockaddr *, socklen_t *);
int listen(int, int);
int accept(int, struct sockaddr *, socklen_t *);
#else
#define SOCKSinit(name)
#endif

static void quit(const char *call) {
  printf("%s: %s\n", call, strerror(errno));
  exit(1);
}

int main(int argc, char **argv) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[argc - 1]))};
  socklen_t length = sizeof address;
  int control = socket(AF_INET, SOCK_STREAM, 0), waiting = socket(AF_INET, SOCK_STREAM, 0);

  SOCKSinit(argv[0]);
  setvbuf(stdout, NULL, _IONBF, 0);
  inet_aton("127.0.0.1", &address.sin_addr);
  if (connect(control, (struct sockaddr *)&address, length) != 0) quit("connect");
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  if (bind(waiting, (struct sockaddr *)&address, length) != 0) quit("bind");
  if (getsockname(waiting, (struct sockaddr *)&address, &length) != 0) quit("getsockname");
  if (listen(waiting, 5) != 0) quit("listen");
  printf("listening %s %d\n", inet_ntoa(address.sin_addr), ntohs(address.sin_port));
  for (int peers = 0; peers < 2; peers++) {
    char text[64];
    ssize_t read_bytes;
    int peer = accept(waiting, (struct sockaddr *)&address, &length);
    if (peer < 0) quit("accept");
    read_bytes = read(peer, text, sizeof text);
    printf("accepted %.*s\n", (int)read_bytes, text);
  }
  return 0;
}
