package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code factors --driver stream} over bars with late listings, early ends and holes writes the bytes of the batch. */
class StreamDriverCliTest {
  private static final int DAYS = 90;
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  private static final List<String> CODES = List.of(
      "SH600000",
      "SH600004",
      "SH600009",
      "SH600010",
      "SZ000001",
      "SZ000002",
      "SZ000004",
      "SZ300001");

  @TempDir
  private Path folder;

  private Path bars;

  @BeforeEach
  void writeBars() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder text = new StringBuilder(
        "instrument,datetime,open,high,low,close,volume,vwap,amount,cap,sector,industry,subindustry\n");
    for (int i = 0; i < CODES.size(); i++) {
      // The first lasts from the beginning to the end; the others begin later, two at a time, or
      // end earlier.
      int begin = i / 2 * 13;
      int end = i % 3 == 2 ? DAYS - 5 * i : DAYS;
      for (int day = begin; day < end; day++) {
        if (day == begin || random.nextInt(12) > 0) {
          row(text, random, CODES.get(i), FIRST.plusDays(day), i);
        }
      }
    }
    bars = Files.writeString(folder.resolve("bars.csv"), text);
  }

  private static void row(
      StringBuilder text, SplittableRandom random, String code, LocalDate day, int i) {
    double close = 10 + i + random.nextInt(400) / 100.0;
    double open = close + (random.nextInt(41) - 20) / 100.0;
    String volume = random.nextInt(15) == 0 ? "" : Integer.toString(random.nextInt(100_000));
    text.append(String.format(
        Locale.ROOT,
        "%s,%s,%.2f,%.2f,%.2f,%.2f,%s,%.3f,%d,%d,%d,%d,%d%n",
        code,
        day,
        open,
        Math.max(open, close) + random.nextInt(20) / 100.0,
        Math.min(open, close) - random.nextInt(20) / 100.0,
        close,
        volume,
        (open + close) / 2,
        random.nextInt(1_000_000),
        1_000_000 * (i + 1),
        i % 2,
        i % 3,
        i % 4));
  }

  private Cli factors(Path out, String driver, String... what) {
    Stream<String> common = Stream.of(
        "factors", "--bars", bars.toString(), "--out", out.toString(), "--driver", driver);
    return Cli.run(Stream.concat(common, Stream.of(what)).toArray(String[]::new));
  }

  private void assertSameBytes(String... what) throws IOException {
    Path batch = folder.resolve("batch.csv");
    Path stream = folder.resolve("stream.csv");
    Cli first = factors(batch, "batch", what);
    Cli second = factors(stream, "stream", what);
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.err().lines().filter(line -> line.startsWith("warning")))
        .containsExactlyElementsOf(
            first.err().lines().filter(line -> line.startsWith("warning")).toList());
    assertThat(stream).hasSameBinaryContentAs(batch);
    assertThat(Files.readAllLines(stream)).hasSizeGreaterThan(DAYS * CODES.size() / 2);
  }

  private Path expressions(String lines) throws IOException {
    return Files.writeString(folder.resolve("e.tsv"), "id\texpression\n" + lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alpha158", "alpha360", "alpha101"})
  void whenAKnownSetIsStreamed_thenTheBytesAreThoseOfTheBatch(String set) throws IOException {
    assertSameBytes("--set", set);
  }

  @ParameterizedTest
  @ValueSource(strings = {"qlib", "corrected"})
  void whenExpressionsAreStreamed_thenTheBytesAreThoseOfTheBatch(String mode) throws IOException {
    Path file = expressions("""
        slope\tSlope($close,10)/$close
        ema\tEMA($close,12)-EMA($close,26)
        all\tMean($volume,0)
        up\t$close>Ref($close,1)
        other\tCorr($close,ChangeInstrument('SH600000',$close),20)
        above\tMean($close>Mask($close,'SH600000'),5)
        rank\tCSRank(Delta($close,5))
        nothing\t$missing+$close
        nowhere\t$close>Mask($close,'SH600999')
        """);
    assertSameBytes("--expressions", file.toString(), "--mode", mode);
  }

  @Test
  void whenAColumnReadsTheFuture_thenTheStreamRefusesIt() throws IOException {
    Path file = expressions("y\tRef($close,-1)/$close-1\nc\t$close\n");
    Path out = folder.resolve("out.csv");
    Cli run = factors(out, "stream", "--expressions", file.toString());
    assertThat(run.code()).isEqualTo(ExitCode.ERROR);
    assertThat(run.err())
        .startsWith("QILIN-2103 ")
        .contains("read the future: y;", "--driver batch")
        .hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void whenNamesBeginLateOrNeverExist_thenTheBytesAreThoseOfTheBatch() throws IOException {
    Path file = expressions("""
        late\tMask($close,'SZ300001')
        above\tMean($close>ChangeInstrument('SZ300001',Mean($close,3)),5)
        none\tCount($missing,5)
        """);
    assertSameBytes("--expressions", file.toString());
  }
}
