/* policyload - questions of Postfix's policy protocol, as many as are answered.
 *
 *	policyload SECONDS CLIENTS -- COMMAND ...	each client has a service of its own
 *	policyload SECONDS CLIENTS PORT|./PATH		they share one, on loopback
 *	policyload SECONDS trivial			be a service: counts, and says DUNNO
 *	policyload SECONDS probe FILE [CLIENTS]		append and fdatasync(), one after the
 *other
 *
 * A message is two questions: RCPT, END-OF-MESSAGE.  Prints answers (or syncs) a second. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
fail(const char *what)
{
	perror(what);
	exit(1);
}

static int
by_command(char **argv)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
		fail("socketpair");
	if (fork() == 0) {
		dup2(pair[1], 0);
		dup2(pair[1], 1);
		close(pair[0]);
		close(pair[1]);
		execvp(argv[0], argv);
		fail(argv[0]);
	}
	close(pair[1]);
	return pair[0];
}

static int
by_path(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
	if (connect(fd, (struct sockaddr *)&at, sizeof at) != 0)
		fail("connect");
	return fd;
}

static int
by_port(const char *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)atoi(port)) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(fd, (struct sockaddr *)&at, sizeof at) != 0)
		fail("connect");
	return fd;
}

static void
ask(int fd, const char *text, size_t n)
{
	char answer[1024];
	size_t got = 0;

	if (write(fd, text, n) != (ssize_t)n)
		fail("write");
	while (got < 2 || memcmp(answer + got - 2, "\n\n", 2) != 0) {
		ssize_t more = read(fd, answer + got, sizeof answer - got);
		if (more <= 0)
			fail("read");
		got += (size_t)more;
	}
	if (getenv("EXPECT") != NULL &&
	    strncmp(answer, getenv("EXPECT"), strlen(getenv("EXPECT"))) != 0) {
		fprintf(stderr, "%.*s", (int)got, answer);
		exit(1);
	}
}

static long
client(int fd, double end, int number)
{
	static const char form[] =
	    "request=smtpd_access_policy\nprotocol_state=%s\nprotocol_name=ESMTP\n"
	    "client_address=127.0.0.1\nclient_name=localhost\nhelo_name=x\n"
	    "sender=sam@news.example.com\nrecipient=%s\nrecipient_count=%d\nqueue_id=\n"
	    "instance=%d.%ld.0\nsize=1200\nsasl_method=plain\nsasl_username=bot\n\n";
	char text[1024], to[64];
	long n = 0;

	for (; now() < end; n++) {
		bool rcpt = n % 2 == 0;
		snprintf(to, sizeof to, "user%ld@d%ld.test", n / 2, n / 2 % 1000);
		ask(fd, text,
		    (size_t)snprintf(text, sizeof text, form, rcpt ? "RCPT" : "END-OF-MESSAGE",
			rcpt ? to : "", rcpt ? 0 : 1, getpid() + number, n / 2));
	}
	return n;
}

static int
load(double seconds, int clients, char **argv)
{
	long *counts =
	    mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	long sum = 0;

	for (int i = 0; i < clients; i++)
		if (fork() == 0) {
			int fd = strcmp(argv[0], "--") == 0 ? by_command(argv + 1) :
			    argv[0][0] == '.'               ? by_path(argv[0]) :
							      by_port(argv[0]);
			client(fd, now() + 0.2, i); /* everybody is there */
			double from = now();
			counts[i] = client(fd, from + seconds, i + 100000);
			_exit(0);
		}
	while (wait(NULL) > 0)
		;
	for (int i = 0; i < clients; i++)
		sum += counts[i];
	printf("%.0f\n", (double)sum / seconds);
	return 0;
}

/* As little as can be called a service: it counts what each sender asked. */
static int
trivial(void)
{
	char line[1024];
	static long counts[65536];

	while (fgets(line, sizeof line, stdin) != NULL) {
		if (strncmp(line, "sender=", 7) == 0) {
			unsigned h = 0;
			for (const char *c = line; *c != '\0'; c++)
				h = h * 31 + (unsigned char)*c;
			counts[h % 65536]++;
		}
		if (line[0] == '\n') {
			fputs("action=DUNNO\n\n", stdout);
			fflush(stdout);
		}
	}
	return 0;
}

static int
probe(double seconds, const char *file)
{
	char block[512] = "";
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	double end = now() + seconds;
	long n = 0;

	for (; now() < end; n++)
		if (write(fd, block, sizeof block) != sizeof block || fdatasync(fd) != 0)
			fail(file);
	printf("%.0f\n", (double)n / seconds);
	unlink(file);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc >= 3 && strcmp(argv[2], "trivial") == 0)
		return trivial();
	if (argc == 4 && strcmp(argv[2], "probe") == 0)
		return probe(atof(argv[1]), argv[3]);
	if (argc < 4)
		return 2;
	return load(atof(argv[1]), atoi(argv[2]), argv + 3);
}
