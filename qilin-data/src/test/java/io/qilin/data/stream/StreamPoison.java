package io.qilin.data.stream;

import io.qilin.api.record.Tick;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Scenario F14 of the fault plan: messages of which one in a hundred is poisoned, in six ways, through a handler with a
 * deadline, and a process that is killed half way. The oracle is in this process: the ticks that it wrote.
 */
final class StreamPoison {
  private static final int SHARES = 40;
  private static final int NEVER = Integer.MAX_VALUE;

  private final Random random;
  private final int messages;
  private final int hangs;
  private final Duration deadline;
  private final List<Tick> good = new ArrayList<>();
  private final TreeMap<Long, Poison> poison = new TreeMap<>();

  /**
   * A stream.
   *
   * @param hangs how many of the poisoned messages hang, each of which costs a deadline
   */
  StreamPoison(long seed, int messages, int hangs, Duration deadline) {
    this.random = new Random(seed);
    this.messages = messages;
    this.hangs = hangs;
    this.deadline = deadline;
  }

  /** What a run showed: how long it took and what is wrong with what it left. */
  record Outcome(long nanos, long cpuNanos, int kills, List<String> failures) {}

  /** Writes the messages; without poison, all are good. */
  void write(Path folder, boolean poisoned) throws IOException {
    good.clear();
    poison.clear();
    long[] sequences = new long[SHARES + Poison.HANGS];
    int everyHang = hangs == 0 ? Integer.MAX_VALUE : messages / 100 / hangs;
    long at = 0;
    try (OutputStream out = new BufferedOutputStream(
        Files.newOutputStream(folder.resolve(StreamKillChild.TICKS)), 1 << 16)) {
      for (int i = 0; i < messages; i++) {
        byte[] line;
        if (poisoned && i % 100 == 50) {
          Poison kind = poison.size() % everyHang == 0 ? Poison.HANDLER_HANGS : Poison.any(random);
          int share = kind == Poison.HANDLER_HANGS ? Poison.HANGS : Poison.THROWS;
          poison.put(at, kind);
          line = kind.of(tick(i, share, sequences[share]++));
        } else {
          int share = random.nextInt(SHARES);
          Tick tick = tick(i, share, sequences[share]++);
          good.add(tick);
          line = JsonTicks.write(tick);
        }
        out.write(line);
        out.write('\n');
        at += line.length + 1;
      }
    }
  }

  private Tick tick(int i, int share, long sequence) {
    return Ticks.tick(
        share,
        Ticks.at("09:30:01").plusSeconds(7100L * i / messages).plusMillis(random.nextInt(900)),
        sequence,
        (1000 + random.nextInt(100)) / 100.0,
        random.nextInt(100) * 100);
  }

  /** Runs the stream in a folder with its messages, killing it so often, and judges what is there at the end. */
  Outcome run(Path folder, int kills, String mode) throws IOException, InterruptedException {
    int killed = 0;
    while (true) {
      String end = child(folder, mode, killed < kills ? 2 + random.nextInt(3) : NEVER);
      if (end == null) {
        killed++;
        continue;
      }
      String[] words = end.split(" ");
      List<String> failures = new ArrayList<>();
      String counts = words[1] + " " + words[2] + " " + words[3];
      String expected = messages + " " + good.size() + " " + poison.size();
      if (!counts.equals(expected)) {
        failures.add("counts are " + counts + ", not " + expected);
      }
      compareWindows(folder, failures);
      compareDead(folder, failures);
      return new Outcome(Long.parseLong(words[4]), Long.parseLong(words[5]), killed, failures);
    }
  }

  /**
   * Runs a child until its sinks were flushed so often; its last words, or null if it was killed. The second flush shows that
   * the first checkpoint is there. It waits at the next one for a kill that is late.
   */
  private String child(Path folder, String mode, int killAfter)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            StreamPoisonChild.class.getName(),
            folder.toString(),
            mode,
            Integer.toString(messages / 10),
            Long.toString(deadline.toMillis()),
            Integer.toString(killAfter == NEVER ? 0 : killAfter + 1))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    String end = null;
    boolean killed = false;
    int acknowledged = 0;
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = reader.readLine()) != null) {
        end = line.startsWith("END ") ? line : end;
        acknowledged += line.startsWith("ACK ") ? 1 : 0;
        if (acknowledged == killAfter && !killed) {
          killed = true;
          process.toHandle().destroyForcibly();
        }
      }
    }
    int code = process.waitFor();
    if (end == null && !killed) {
      throw new AssertionError("the child ended with " + code + " and without a word");
    }
    return end;
  }

  private void compareWindows(Path folder, List<String> failures) {
    List<ClosedWindow> found = new ArrayList<>();
    FileStreamSink.read(folder.resolve(StreamKillChild.WINDOWS), new WindowCodec(), message -> {
      ClosedWindow w = message.payload();
      found.add(new ClosedWindow(
          w.phase(),
          w.sessionStart(),
          w.number(),
          w.start(),
          w.end(),
          w.cut(),
          w.aggregates(),
          List.of()));
    });
    List<ClosedWindow> expected = BatchWindows.of(
        good,
        StreamSessions.of("day", Ticks.CALENDAR, date -> StreamKills.DAY).on(Ticks.DAY),
        WindowSpec.DEFAULT,
        Ticks.at("00:00:00").plus(Duration.ofDays(1)));
    if (!found.equals(expected)) {
      failures.add("the " + found.size() + " windows are not the " + expected.size()
          + " of a batch over the good ticks");
    }
  }

  /** Each poisoned message is set aside once, in its order, for its reason, after at most three tries. */
  private void compareDead(Path folder, List<String> failures) {
    List<String> found = new ArrayList<>();
    FileStreamSink.read(
        folder.resolve(StreamKillChild.DEAD),
        new DeadLetterCodec(),
        message ->
            found.add(message.payload().position() + " " + message.payload().reason()));
    List<String> expected = new ArrayList<>();
    poison.forEach((position, kind) -> expected.add(position + " " + kind.reason));
    if (!found.equals(expected)) {
      long same = found.stream().filter(expected::contains).limit(1000).count();
      failures.add(found.size() + " dead letters, " + same + " of the first 1000 right, for "
          + expected.size() + " poisoned messages");
    }
  }

  /** Runs a stream in a folder that is gone after it. */
  static Outcome in(StreamPoison stream, boolean poisoned, int kills, String mode)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("stream-poison");
    try {
      stream.write(folder, poisoned);
      return stream.run(folder, kills, mode);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
