package io.qilin.data.stream;

import io.qilin.api.record.Tick;
import io.qilin.core.rules.SessionPhase;
import io.qilin.core.rules.Sessions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Kills a stream with SIGKILL again and again and compares its files with a batch computation. The oracle is in this
 * process: the records that it wrote, and the acknowledgements that it read from the child's pipe.
 */
final class StreamKills {
  static final Sessions DAY = new Sessions(List.of(
      new Sessions.Part(
          SessionPhase.CONTINUOUS, LocalTime.of(9, 30), LocalTime.of(11, 30), true, true),
      new Sessions.Part(
          SessionPhase.CONTINUOUS, LocalTime.of(13, 0), LocalTime.of(15, 0), true, true)));

  private static final int SHARES = 40;

  /** The lines that a child may print while a kill is on its way, before it waits for it: acknowledgements, or words of a sink. */
  private static final int MOST_ACKNOWLEDGED = 4;

  private static final int MOST_AWAY = 100;

  private final Random random;
  private final int messages;
  private final long spread;
  private final List<Tick> good = new ArrayList<>();
  private final List<Long> poison = new ArrayList<>();

  /** What a series of kills showed. */
  record Outcome(int kills, int acknowledged, List<String> failures) {}

  StreamKills(long seed, int messages, Duration spread) {
    this.random = new Random(seed);
    this.messages = messages;
    this.spread = spread.toNanos();
  }

  /** Runs the stream once, killing it at most so often. */
  Outcome run(Path folder, int kills, String mode) throws IOException, InterruptedException {
    write(folder.resolve(StreamKillChild.TICKS));
    Set<String> acknowledged = new HashSet<>();
    List<String> failures = new ArrayList<>();
    int killed = 0;
    while (true) {
      String end = child(folder, mode, killed < kills, acknowledged);
      check(folder, acknowledged, failures);
      if (end != null) {
        long all = messages;
        String expected =
            "END " + all + " " + good.size() + " " + poison.size() + " " + good.size();
        if (!end.equals(expected)) {
          failures.add("counts are " + end + ", not " + expected);
        }
        compare(folder, failures);
        return new Outcome(killed, acknowledged.size(), failures);
      }
      killed++;
    }
  }

  private void write(Path file) {
    good.clear();
    poison.clear();
    long[] sequences = new long[SHARES];
    try (FileStreamLog log = FileStreamLog.open(file)) {
      for (int i = 0; i < messages; i++) {
        if (random.nextInt(100) == 0) {
          poison.add(log.append(new byte[] {1, 2, 3}));
          continue;
        }
        int share = random.nextInt(SHARES);
        long seconds = 7100L * i / messages;
        Tick tick = Ticks.tick(
            share,
            Ticks.at("09:30:01").plusSeconds(seconds).plusMillis(random.nextInt(900)),
            sequences[share]++,
            (1000 + random.nextInt(100)) / 100.0,
            random.nextInt(100) * 100);
        good.add(tick);
        log.append(PackedTicks.write(tick));
      }
    }
  }

  /** Runs a child; its last words, or null if it was killed. */
  private String child(Path folder, String mode, boolean kill, Set<String> acknowledged)
      throws IOException, InterruptedException {
    int lines = random.nextInt(12);
    int most = lines + (mode.equals("away") ? MOST_AWAY : MOST_ACKNOWLEDGED);
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StreamKillChild.class.getName(),
            folder.toString(),
            mode,
            Integer.toString(kill ? most : 0))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    String end = null;
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = reader.readLine()) != null) {
        if (line.startsWith("ACK ")) {
          Stream.of(line.substring(4).split(" "))
              .filter(id -> !id.isEmpty())
              .forEach(acknowledged::add);
        } else if (line.startsWith("END ")) {
          end = line;
        }
        if (kill && lines-- == 0) {
          long until = System.nanoTime() + (long) (random.nextDouble() * spread);
          while (System.nanoTime() < until) {
            Thread.onSpinWait();
          }
          process.toHandle().destroyForcibly();
        }
      }
    }
    int code = process.waitFor();
    if (end == null && !(kill && code != 0)) {
      throw new AssertionError("the child ended with " + code + " and without a word");
    }
    return end;
  }

  /** After a kill: what was acknowledged is there, and nothing twice. */
  private void check(Path folder, Set<String> acknowledged, List<String> failures) {
    Path file = folder.resolve(StreamKillChild.WINDOWS);
    if (!Files.exists(file)) {
      return;
    }
    Set<String> there = new HashSet<>();
    FileStreamSink.read(file, new WindowCodec(), message -> {
      if (!there.add(message.id())) {
        failures.add("twice: " + message.id());
      }
    });
    for (String id : acknowledged) {
      if (!there.contains(id)) {
        failures.add("acknowledged and lost: " + id);
      }
    }
  }

  /** At the end: every record counted once, every poison set aside once. */
  private void compare(Path folder, List<String> failures) {
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
        StreamSessions.of("day", Ticks.CALENDAR, date -> DAY).on(Ticks.DAY),
        WindowSpec.DEFAULT,
        Ticks.at("00:00:00").plus(Duration.ofDays(1)));
    if (!found.equals(expected)) {
      long same = expected.stream().filter(new HashSet<>(found)::contains).count();
      failures.add(same + " of " + expected.size() + " windows are right");
    }
    List<Long> dead = new ArrayList<>();
    FileStreamSink.read(
        folder.resolve(StreamKillChild.DEAD),
        new DeadLetterCodec(),
        message -> dead.add(message.payload().position()));
    if (!dead.equals(poison)) {
      failures.add(dead.size() + " dead letters for " + poison.size() + " poisoned messages");
    }
  }

  /**
   * Scenario F14 of the fault plan, for the kill part: prints one line of JSON.
   *
   * @param args how many kills, the seed
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int wanted = Integer.parseInt(args[0]);
    long seed = Long.parseLong(args[1]);
    int kills = 0;
    int acknowledged = 0;
    List<String> failures = new ArrayList<>();
    for (int round = 0; kills < wanted; round++) {
      Outcome outcome = in(
          new StreamKills(seed + round, 200_000, Duration.ofMillis(50)),
          Math.min(20, wanted - kills),
          "handled");
      kills += outcome.kills();
      acknowledged += outcome.acknowledged();
      failures.addAll(outcome.failures());
    }
    Outcome control = in(new StreamKills(seed, 200_000, Duration.ofMillis(50)), 5, "fetched");
    System.out.println("{\"scenario\":\"F14-kill\",\"n\":" + kills + ",\"seed\":" + seed
        + ",\"failures\":" + failures.size() + ",\"figures\":{\"acknowledged\":" + acknowledged
        + "},\"control\":{\"kills\":" + control.kills() + ",\"caught\":"
        + !control.failures().isEmpty() + "}}");
    failures.stream().limit(10).forEach(System.out::println);
  }

  private static Outcome in(StreamKills kills, int count, String mode)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("stream-kills");
    try {
      return kills.run(folder, count, mode);
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }
}
