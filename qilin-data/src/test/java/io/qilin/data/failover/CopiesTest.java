package io.qilin.data.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.testkit.FaultySource;
import io.qilin.testkit.FaultySource.Fault;
import io.qilin.testkit.Panels;
import io.qilin.testkit.SettableClock;
import io.qilin.testkit.SharedFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiesTest {
  private final SettableClock clock = SettableClock.at(Chains.NOW);
  private final AtomicLong ticker = new AtomicLong();
  private final List<FaultySource> sources = Chains.sources(2, Duration.ZERO, length -> {});
  private final List<ChainEvent> events = new ArrayList<>();

  private SourceChainBuilder builder() {
    return Chains.with(
            SourceChain.builder(Runnable::run, clock, ticker::get), sources, MemberSettings.DEFAULT)
        .listener(events::add);
  }

  private void fail() {
    sources.forEach(source -> source.then(Fault.FAIL));
  }

  @Test
  void whenEveryMemberFails_thenTheCopySaysInEveryFormThatItIsStale() {
    SourceChain chain = builder().lastGood(CopySettings.DEFAULT).build();
    Instant fetched = clock.instant();
    Bars good = chain.bars(BarQuery.ALL);
    fail();
    clock.advance(Duration.ofHours(3));
    Served<Bars> answer = chain.fetchBars(BarQuery.ALL);
    assertThat(answer.staleAge()).contains(Duration.ofHours(3));
    assertThat(answer.retrievedAt()).isEqualTo(fetched);
    assertThat(answer).asString().contains("STALE by PT3H", "s0 FAILED", "s1 FAILED");
    assertThat(answer.value().provenance())
        .isEqualTo(good.provenance().asCopyOf(fetched))
        .asString()
        .contains("copy of " + fetched);
    assertThat(answer.value().findings()).singleElement().satisfies(finding -> {
      assertThat(finding.rule()).isEqualTo("stale-copy");
      assertThat(finding.dimension()).isEqualTo(QualityDimension.TIMELINESS);
      assertThat(finding.value()).isEqualTo(10_800);
    });
    assertThat(Panels.difference(good.panel(), answer.value().panel())).isEmpty();
    assertThat(chain.health().stale()).isEqualTo(1);
    assertThat(events.get(events.size() - 1))
        .isInstanceOfSatisfying(
            ChainEvent.Answered.class,
            event -> assertThat(event.answer().stale()).isTrue());
  }

  @Test
  void whenTheCopyIsTooOldOrThereIsNone_thenItIsAnError() {
    SourceChain chain =
        builder().lastGood(CopySettings.DEFAULT.withMaxAge(Duration.ofHours(1))).build();
    chain.bars(BarQuery.ALL);
    fail();
    clock.advance(Duration.ofHours(1));
    assertThat(chain.fetchBars(BarQuery.ALL).stale()).isTrue();
    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> chain.bars(BarQuery.ALL))
        .hasMessageContaining("no copy that could stand for them");
    assertThatThrownBy(() ->
            chain.bars(BarQuery.ALL.between(LocalDate.of(2024, 1, 2), LocalDate.of(2024, 1, 3))))
        .isInstanceOf(QilinException.class);
    clock.advance(Duration.ofDays(-30));
    assertThat(chain.fetchBars(BarQuery.ALL).staleAge())
        .as("by a clock that went back")
        .contains(Duration.ZERO);
  }

  @Test
  void whenNobodyAskedForCopies_thenNoneIsServed() {
    SourceChain chain = builder().build();
    chain.bars(BarQuery.ALL);
    fail();
    assertThatThrownBy(() -> chain.bars(BarQuery.ALL)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenACopyKnowsMoreThanTheQueryMay_thenItDoesNotStand() {
    SourceChain chain = builder().lastGood(CopySettings.DEFAULT).build();
    Instant early = Instant.parse("2024-01-04T08:00:00Z");
    Instant late = Instant.parse("2024-01-10T08:00:00Z");
    chain.bars(BarQuery.ALL.knownAt(early));
    fail();
    assertThat(chain.fetchBars(BarQuery.ALL.knownAt(late)).value().panel().lastDay())
        .as("what was known earlier may stand for later")
        .isEqualTo(LocalDate.of(2024, 1, 4));
    sources.forEach(source -> source.then(Fault.NONE));
    chain.bars(BarQuery.ALL.knownAt(late));
    fail();
    assertThatThrownBy(() -> chain.bars(BarQuery.ALL.knownAt(early)))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenACopyIsOfAnEarlierMoment_thenItsAgeSaysSo_andOneOfLongBeforeDoesNotStand() {
    SourceChain chain = builder().lastGood(CopySettings.DEFAULT).build();
    Instant early = Instant.parse("2024-01-04T08:00:00Z");
    chain.bars(BarQuery.ALL.knownAt(early));
    fail();
    Served<Bars> copy = chain.fetchBars(BarQuery.ALL.knownAt(early.plus(Duration.ofDays(2))));
    assertThat(copy.staleAge()).contains(Duration.ofDays(2));
    assertThat(copy.value().provenance().copyOf()).contains(early);
    assertThat(chain.fetchBars(BarQuery.ALL.knownAt(early)).staleAge()).contains(Duration.ZERO);
    assertThatThrownBy(() -> chain.bars(BarQuery.ALL))
        .as("of a year later")
        .hasMessageContaining("no copy that could stand for them");
  }

  @Test
  void whenAllSayThatThereIsNothing_thenNoCopyStandsForThat() {
    SourceChain chain = builder().lastGood(CopySettings.DEFAULT).build();
    BarQuery nowhere = BarQuery.ALL.between(LocalDate.of(2001, 1, 1), LocalDate.of(2001, 1, 2));
    assertThatThrownBy(() -> chain.bars(nowhere))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
  }

  @Test
  void whenTimelinesAreACopy_thenOnlyFetchServesThem() {
    SourceChain chain = builder().lastGood(CopySettings.DEFAULT).build();
    var good = chain.securities();
    fail();
    assertThat(chain.fetchSecurities().stale()).isTrue();
    assertThat(chain.fetchSecurities().value().keySet()).isEqualTo(good.keySet());
    assertThatThrownBy(chain::securities).hasMessageContaining("fetchSecurities");
  }

  @Test
  void whenAnAnswerIsFresh_thenNobodyIsAskedUntilItIsNot() {
    SourceChain chain = builder().freshFor(Duration.ofSeconds(30), 1 << 20).build();
    chain.bars(BarQuery.ALL);
    ticker.addAndGet(Duration.ofSeconds(29).toNanos());
    Served<Bars> answer = chain.fetchBars(BarQuery.ALL);
    assertThat(answer.stale()).isFalse();
    assertThat(answer.attempts()).isEmpty();
    assertThat(sources.get(0).calls()).isEqualTo(1);
    ticker.addAndGet(Duration.ofSeconds(2).toNanos());
    chain.bars(BarQuery.ALL);
    assertThat(sources.get(0).calls()).isEqualTo(2);
    assertThat(chain.health().fresh()).isEqualTo(1);
  }

  @Test
  void whenMemoryIsShort_thenCopiesAreLetGo() {
    SourceChain chain =
        builder().lastGood(CopySettings.DEFAULT.withMemoryBytes(20 << 10)).build();
    List<BarQuery> queries = new ArrayList<>();
    for (int k = 0; k < 40; k++) {
      queries.add(
          BarQuery.ALL.between(LocalDate.of(2020, 1, 1).plusDays(k), LocalDate.of(2024, 6, 1)));
      chain.bars(queries.get(k));
    }
    fail();
    int there = 0;
    for (BarQuery query : queries) {
      try {
        there += chain.fetchBars(query).stale() ? 1 : 0;
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.DATA_FETCH);
      }
    }
    assertThat(there).isBetween(1, 5);
  }

  @Test
  void whenTheProcessEnds_thenCopiesOfTheFolderStand(@TempDir Path folder) {
    CopySettings kept = CopySettings.DEFAULT.withFolder(folder);
    SourceChain before = builder().lastGood(kept).build();
    Bars good = before.bars(BarQuery.ALL);
    var names = before.securities();
    fail();
    SourceChain after = builder().lastGood(kept).build();
    Served<Bars> answer = after.fetchBars(BarQuery.ALL);
    assertThat(answer.stale()).isTrue();
    assertThat(answer.member()).isEqualTo("s0");
    assertThat(Panels.difference(good.panel(), answer.value().panel())).isEmpty();
    assertThat(after.fetchSecurities().value())
        .allSatisfy((symbol, line) ->
            assertThat(line.statuses()).isEqualTo(names.get(symbol).statuses()));
    SourceChain others = SourceChain.builder(Runnable::run, clock, ticker::get)
        .member("other", sources.get(0), Chains.ALL)
        .lastGood(kept)
        .build();
    assertThatThrownBy(() -> others.bars(BarQuery.ALL))
        .as("copies of other members")
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenTheFileIsDamaged_thenItIsAbsentAndTold(@TempDir Path folder) throws IOException {
    CopySettings kept = CopySettings.DEFAULT.withFolder(folder);
    builder().lastGood(kept).build().bars(BarQuery.ALL);
    fail();
    Path file;
    try (Stream<Path> all = Files.list(folder)) {
      file = all.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    SourceChain chain = builder().lastGood(kept).build();
    assertThatThrownBy(() -> chain.bars(BarQuery.ALL)).isInstanceOf(QilinException.class);
    assertThat(chain.health().copyFailures()).isEqualTo(1);
    assertThat(events)
        .filteredOn(ChainEvent.CopyFailed.class::isInstance)
        .singleElement()
        .asString()
        .contains("checksum", file.getFileName().toString())
        .doesNotContain(folder.toString());
  }

  @Test
  void whenTheFolderGoesAway_thenAnswersAreServedAndItIsTold(@TempDir Path parent)
      throws IOException {
    Path folder = Files.createDirectory(parent.resolve("copies"));
    SourceChain chain =
        builder().lastGood(CopySettings.DEFAULT.withFolder(folder)).build();
    Files.delete(folder);
    assertThat(chain.fetchBars(BarQuery.ALL).member()).isEqualTo("s0");
    assertThat(chain.health().copyFailures()).isEqualTo(1);
    assertThatThrownBy(
            () -> builder().lastGood(CopySettings.DEFAULT.withFolder(folder)).build())
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
  }

  @Test
  void whenTheFolderIsFull_thenOldFilesAreRemoved(@TempDir Path folder) throws IOException {
    CopySettings small = new CopySettings(1 << 20, Duration.ofDays(1), Optional.of(folder), 15_000);
    SourceChain chain = builder().lastGood(small).build();
    for (int k = 0; k < 6; k++) {
      chain.bars(
          BarQuery.ALL.between(LocalDate.of(2020, 1, 1).plusDays(k), LocalDate.of(2024, 6, 1)));
    }
    long bytes = 0;
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : all.toList()) {
        bytes += Files.size(path);
      }
    }
    assertThat(bytes).isBetween(1L, 15_000L);
  }

  private static Kept<Object> sample() {
    QualityFinding finding = new QualityFinding(
        "rule",
        QualityDimension.VALIDITY,
        QualitySeverity.INFO,
        Optional.of(Panels.SYMBOL),
        Optional.of(LocalDate.of(2024, 1, 2)),
        Optional.of(Field.CLOSE),
        Double.NaN,
        "说明");
    Panel panel = Panels.random(4, 6, 0.2, 3);
    Bars bars = new Bars(panel, new Provenance("p", "o", false), 7, List.of(finding));
    Instant retrieved = Instant.parse("2024-05-06T07:08:09.123456789Z");
    return new Kept<>(bars, "s0", retrieved, retrieved.minusNanos(1));
  }

  private static byte[] bytes(String key, Kept<?> kept) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      CopyFormat.write(key, kept, out);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void whenWrittenAndRead_thenNothingHasChanged() {
    Kept<Object> kept = sample();
    Bars bars = (Bars) kept.value();
    Kept<Object> read = CopyFormat.read(bytes("键", kept), "键");
    Bars back = (Bars) read.value();
    assertThat(Panels.difference(bars.panel(), back.panel())).isEmpty();
    assertThat(back.findings()).isEqualTo(bars.findings());
    assertThat(back.provenance()).isEqualTo(bars.provenance());
    assertThat(back.rowsRead()).isEqualTo(7);
    assertThat(read.retrievedAt()).isEqualTo(kept.retrievedAt());
    assertThatThrownBy(() -> CopyFormat.read(bytes("a", kept), "b"))
        .hasMessageContaining("another query");
  }

  @Test
  void whenABitOfAnyByteIsFlippedOrAnyByteIsCut_thenItIsATypedError() {
    byte[] whole = bytes("key", sample());
    for (int at = 0; at < whole.length; at++) {
      byte[] mutant = whole.clone();
      mutant[at] ^= (byte) (1 << at % 8);
      refused(mutant);
    }
    for (int length = 0; length < whole.length; length++) {
      refused(Arrays.copyOf(whole, length));
    }
    refused(Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void whenTheChecksumAgreesWithNonsense_thenItIsStillATypedError() {
    byte[] whole = bytes("key", sample());
    java.util.SplittableRandom random = new java.util.SplittableRandom(5);
    int read = 0;
    for (int k = 0; k < 3_000; k++) {
      byte[] mutant = whole.clone();
      for (int flips = 0; flips <= k % 3; flips++) {
        mutant[random.nextInt(mutant.length - 4)] = (byte) random.nextInt(256);
      }
      java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
      sum.update(mutant, 0, mutant.length - 4);
      java.nio.ByteBuffer.wrap(mutant).putInt(mutant.length - 4, (int) sum.getValue());
      try {
        CopyFormat.read(mutant, "key");
        read++;
      } catch (QilinException e) {
        assertThat(e.code()).isIn(ErrorCode.DATA_FORMAT, ErrorCode.INVALID_ARGUMENT);
      }
    }
    assertThat(read).as("flips of values are values").isPositive();
  }

  private static void refused(byte[] bytes) {
    try {
      CopyFormat.read(bytes, "key");
    } catch (QilinException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT);
      return;
    }
    throw new AssertionError("damaged bytes were read");
  }

  @Test
  void whenKeysAreHostilePaths_thenFilesStayInTheFolder(@TempDir Path parent) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("copies"));
    CopyFiles files = new CopyFiles(folder, 1 << 26, events::add);
    Kept<Object> kept = sample();
    TreeSet<String> names = new TreeSet<>();
    List<String> keys = new ArrayList<>();
    for (String line : SharedFiles.lines(SharedFiles.corpus("path-names").resolve("cases.jsonl"))) {
      keys.add(line);
      names.add(CopyFiles.fileName(line));
    }
    assertThat(names)
        .hasSize(new TreeSet<>(keys).size())
        .allMatch(n -> n.matches("[0-9a-f]{64}\\.copy"));
    for (String key : keys.subList(0, Math.min(40, keys.size()))) {
      files.write(key, kept);
      assertThat(files.read(key)).isPresent();
    }
    assertThat(events).isEmpty();
    try (Stream<Path> beside = Files.list(parent)) {
      assertThat(beside).containsExactly(folder);
    }
  }
}
