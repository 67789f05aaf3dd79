package io.qilin.mlops.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * One PostgreSQL for all tests of this JVM, started when the first asks for it and stopped at the end: the Debian package's, in a
 * temporary folder, on a free loopback port, without fsync. Started by root, it runs as the user {@code postgres}.
 */
final class PostgresServer {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static final int MOST_PORTS = 5;

  private final Path bin;
  private final Path folder;
  private int port;

  private PostgresServer(Path bin, Path folder) {
    this.bin = bin;
    this.folder = folder;
  }

  /** Started once; empty if it is not installed. */
  private static final class Holder {
    private static final Optional<PostgresServer> SERVER = start();
  }

  /** The address of a new empty schema; aborts the test, visibly, where there is no PostgreSQL. */
  static String url() {
    Assumptions.assumeTrue(
        Holder.SERVER.isPresent(),
        "skipped: no PostgreSQL in " + INSTALLED + "; install the Debian package postgresql");
    String schema = "t" + SCHEMAS.incrementAndGet();
    String base = Holder.SERVER.orElseThrow().base();
    try (var connection = java.sql.DriverManager.getConnection(base);
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
    return base + "&currentSchema=" + schema;
  }

  private String base() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=qilin";
  }

  private static Optional<PostgresServer> start() {
    Optional<Path> bin = newest();
    boolean usable =
        bin.isPresent() && (!root() || Files.isExecutable(Path.of("/usr/bin/setpriv")));
    return usable ? Optional.of(started(bin.orElseThrow())) : Optional.empty();
  }

  private static PostgresServer started(Path bin) {
    try {
      Path folder = Files.createTempDirectory("qilin-pg");
      if (root()) {
        Files.setOwner(
            folder,
            folder
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName("postgres"));
      }
      PostgresServer server = new PostgresServer(bin, folder);
      server.run(
          "initdb",
          "-D",
          server.data(),
          "-A",
          "trust",
          "--no-sync",
          "--locale=C.UTF-8",
          "-E",
          "UTF8",
          "-U",
          "qilin");
      Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
      server.listen();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another program may take a port that was free when it was asked for: then the next one is tried. */
  private void listen() throws IOException {
    for (int left = MOST_PORTS; ; left--) {
      port = freePort();
      try {
        run(
            "pg_ctl",
            "-D",
            data(),
            "-w",
            "-l",
            folder.resolve("log").toString(),
            "-o",
            "-p " + port + " -h 127.0.0.1 -k " + folder + " -c fsync=off -c max_connections=60",
            "start");
        return;
      } catch (AssertionError e) {
        if (left == 1) {
          throw e;
        }
      }
    }
  }

  private static Optional<Path> newest() {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(Path::toString));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void stop() {
    run("pg_ctl", "-D", data(), "-m", "immediate", "stop");
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (root()) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    Path said = folder.resolveSibling(folder.getFileName() + "." + program + ".out");
    try {
      Process process = new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(said.toFile())
          .start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      assertThat(ended && process.exitValue() == 0)
          .as("%s said: %s", program, Files.readString(said))
          .isTrue();
      Files.delete(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
