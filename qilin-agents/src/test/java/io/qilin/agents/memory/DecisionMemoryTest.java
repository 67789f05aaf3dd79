package io.qilin.agents.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Recommendation;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import io.qilin.testkit.Panels;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionMemoryTest {
  private static final Symbol SHARE = Symbol.parse("600519.SH");
  private static final Symbol OTHER = Symbol.parse("300750.SZ");
  private static final List<LocalDate> DAYS = Panels.weekdays(Panels.FIRST_DAY, 6);

  /** Closes at 10, 10, 10 …; opens of the share as given; of the other share always 10. */
  private static MarketSnapshot evening(int day, double... opens) {
    Panel.Builder builder = Panel.builder(DAYS.subList(0, opens.length), Adjustment.RAW);
    double[] tens = new double[opens.length];
    Arrays.fill(tens, 10);
    double[] ones = new double[opens.length];
    Arrays.fill(ones, 1);
    for (Symbol symbol : List.of(SHARE, OTHER)) {
      builder.column(symbol, Field.OPEN, 0, symbol.equals(SHARE) ? opens : tens);
      double[] high = new double[opens.length];
      double[] low = new double[opens.length];
      for (int k = 0; k < opens.length; k++) {
        high[k] = symbol.equals(SHARE) ? Math.max(10, opens[k]) : 10;
        low[k] = symbol.equals(SHARE) ? Math.min(10, opens[k]) : 10;
      }
      builder.column(symbol, Field.HIGH, 0, high);
      builder.column(symbol, Field.LOW, 0, low);
      builder.column(symbol, Field.CLOSE, 0, tens);
      builder.column(symbol, Field.VOLUME, 0, ones);
      builder.column(symbol, Field.FACTOR, 0, ones);
    }
    Panel raw = builder.build().until(DAYS.get(day));
    return new MarketSnapshot(
        DAYS.get(day),
        raw,
        raw.withAdjustment(Adjustment.BACKWARD),
        Map.of(),
        new Provenance("test", "made", true),
        Optional.empty(),
        Optional.empty());
  }

  private static Panel indexes(int day) {
    return Panel.builder(DAYS, Adjustment.RAW)
        .column(Symbol.parse("000001.SH"), Field.OPEN, 0, new double[] {
          3000, 3000, 3030, 3060, 3000, 3000
        })
        .column(Symbol.parse("399006.SZ"), Field.OPEN, 0, new double[] {
          2000, 2000, 1980, 2000, 2000, 2000
        })
        .build()
        .until(DAYS.get(day));
  }

  private static DecisionRecord decision(int day, Symbol... symbols) {
    List<Recommendation> recommended = Arrays.stream(symbols)
        .map(symbol -> new Recommendation(
            1,
            symbol,
            DAYS.get(day),
            DAYS.get(day + 1),
            0.25,
            0.5,
            new Order(symbol, Side.BUY, new BigDecimal("10.00"), 100),
            List.of(),
            List.of()))
        .toList();
    return new DecisionRecord(
        2,
        "test",
        DAYS.get(day),
        DAYS.get(day + 1),
        DecisionRecord.midnightAfter(DAYS.get(day)),
        Optional.empty(),
        Map.of(),
        Map.of(),
        List.of(),
        recommended,
        List.of());
  }

  @TempDir
  private Path folder;

  private DecisionMemory open() {
    return DecisionMemory.open(folder.resolve("memory"), 10, 1);
  }

  @Test
  void whenASaleIsKnown_thenTheEntryIsResolvedWithAlphaAgainstTheIndexOfItsBoard() {
    try (DecisionMemory memory = open()) {
      memory.remember(decision(0, SHARE, OTHER));
      memory.remember(decision(0, SHARE));
      double[] opens = {10, 10, 10.5, 10, 10, 10};
      assertThat(memory.resolve(evening(1, opens), indexes(1), Reflection.NONE))
          .as("bought on this day, and not to be sold before the next")
          .isEmpty();
      List<MemoryEntry> done =
          memory.resolve(evening(2, opens), indexes(2), entry -> Optional.of("well done"));
      assertThat(done).extracting(MemoryEntry::symbol).containsExactly(OTHER, SHARE);
      Resolution share = done.get(1).resolution().orElseThrow();
      assertThat(share.sold()).contains(DAYS.get(2));
      assertThat(share.gain()).isCloseTo(0.05, within(1e-12));
      assertThat(share.alpha()).isCloseTo(0.05 - 0.01, within(1e-12));
      assertThat(share.benchmark()).hasToString("000001.SH");
      Resolution other = done.get(0).resolution().orElseThrow();
      assertThat(other.benchmark()).hasToString("399006.SZ");
      assertThat(other.alpha()).isCloseTo(0.01, within(1e-12));
      assertThat(memory.entries()).isEqualTo(done);
      assertThat(memory.resolve(evening(3, opens), indexes(3), Reflection.NONE)).isEmpty();
      assertThat(done.get(1).lesson())
          .isEqualTo(
              "600519.SH, decided on 2024-01-02 with score 0.25: bought on 2024-01-03, sold on"
                  + " 2024-01-04, return 5.00 %, alpha against 000001.SH 4.00 %. well done");
    }
  }

  @Test
  void whenItOpensAtALimit_thenItIsNotBoughtOrSoldLater() {
    try (DecisionMemory memory = open()) {
      memory.remember(decision(0, SHARE));
      memory.resolve(evening(1, 10, 11, 10), indexes(1), Reflection.NONE);
      Resolution none = memory.entries().get(0).resolution().orElseThrow();
      assertThat(none.sold()).isEmpty();
      assertThat(none.gain()).isNaN();
      assertThat(memory.entries().get(0).lesson()).endsWith("could not be bought on 2024-01-03");
      memory.remember(decision(1, SHARE));
      double[] locked = {10, 10, 10, 9, 9.8, 10};
      assertThat(memory.resolve(evening(3, locked), indexes(3), Reflection.NONE))
          .isEmpty();
      memory.resolve(evening(4, locked), indexes(2), Reflection.NONE);
      Resolution late = memory.entries().get(1).resolution().orElseThrow();
      assertThat(late.sold()).contains(DAYS.get(4));
      assertThat(late.gain()).isCloseTo(-0.02, within(1e-12));
      assertThat(late.alpha()).as("the index is not known that far").isNaN();
    }
  }

  @Test
  void whenADecisionAsks_thenOnlyWhatWasResolvedBeforeItsDayIsTold() {
    double[] opens = {10, 10, 10, 10, 10, 10};
    try (DecisionMemory memory = open()) {
      for (int d = 0; d < 4; d++) {
        memory.remember(decision(d, SHARE, OTHER));
        memory.resolve(evening(d, opens), indexes(d), Reflection.NONE);
      }
      // Decided on day 0, bought on day 1, sold and resolved on day 2: told from day 3 on.
      assertThat(memory.before(SHARE, DAYS.get(2))).isEmpty();
      assertThat(memory.before(SHARE, DAYS.get(3)))
          .hasSize(2)
          .satisfies(
              lines -> assertThat(lines.get(0)).startsWith("600519.SH, decided on 2024-01-02"))
          .satisfies(lines -> assertThat(lines.get(1)).startsWith("300750.SZ"));
      assertThat(memory.before(SHARE, DAYS.get(4))).hasSize(4);
    }
  }

  @Test
  void whenThereAreMany_thenFiveOfTheShareAndThreeOfOthersAreTold() {
    try (DecisionMemory memory = DecisionMemory.open(folder.resolve("many"), 100, 1)) {
      for (int k = 0; k < 8; k++) {
        Symbol symbol = Symbol.parse("60000" + k + ".SH");
        memory.remember(decision(0, symbol));
      }
      for (int d = 0; d < 4; d++) {
        memory.remember(decision(d, SHARE));
      }
      memory.resolve(evening(5, 10, 10, 10, 10, 10, 10), indexes(5), Reflection.NONE);
      assertThat(memory.before(SHARE, LocalDate.MAX)).hasSize(4);
      assertThat(memory.before(OTHER, LocalDate.MAX)).hasSize(3);
    }
  }

  @Test
  void whenReopened_thenTheSameIsKnownAlsoAfterATornLine() throws IOException {
    Path file = folder.resolve("memory");
    List<MemoryEntry> before;
    try (DecisionMemory memory = open()) {
      memory.remember(decision(0, SHARE));
      memory.resolve(
          evening(3, 10, 10, 10.5, 10), indexes(3), entry -> Optional.of("line\nand \"quote\" 涨"));
      before = memory.entries();
    }
    try (DecisionMemory memory = open()) {
      assertThat(memory.entries()).isEqualTo(before);
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    try (DecisionMemory memory = open()) {
      assertThat(memory.entries())
          .hasSize(1)
          .allMatch(entry -> entry.resolution().isEmpty());
    }
    bytes[12] ^= 4;
    Files.write(file, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT));
  }

  @Test
  void whenTheLimitIsReached_thenTheOldestResolvedOnesAreForgotten() throws IOException {
    try (DecisionMemory memory = open()) {
      memory.remember(decision(0, SHARE));
      memory.resolve(evening(3, 10, 10, 10, 10), indexes(3), Reflection.NONE);
      for (int k = 0; k < 10; k++) {
        memory.remember(decision(k < 5 ? 1 : 2, Symbol.parse("60000" + k + ".SH")));
      }
      assertThat(memory.entries()).hasSize(9).noneMatch(entry -> entry.symbol().equals(SHARE));
    }
    try (DecisionMemory memory = open()) {
      assertThat(memory.entries()).hasSize(9);
    }
    assertThat(Files.readAllLines(folder.resolve("memory"))).hasSize(9);
  }

  @Test
  void whenTheIndexKnowsMoreThanTheEveningOrAReflectionFails_thenNothingIsResolved() {
    try (DecisionMemory memory = open()) {
      memory.remember(decision(0, SHARE));
      MarketSnapshot evening = evening(2, 10, 10, 10);
      assertThatThrownBy(() -> memory.resolve(evening, indexes(3), Reflection.NONE))
          .isInstanceOf(QilinException.class)
          .hasMessageContaining("until");
      assertThatThrownBy(() -> memory.resolve(evening, indexes(2), entry -> {
            throw QilinException.invalid("no");
          }))
          .isInstanceOf(QilinException.class);
      assertThatThrownBy(
              () -> memory.resolve(evening, indexes(2), entry -> Optional.of("x".repeat(2001))))
          .isInstanceOf(QilinException.class);
      assertThat(memory.entries()).allMatch(entry -> entry.resolution().isEmpty());
    }
    assertThatThrownBy(() -> DecisionMemory.open(folder.resolve("x"), 9, 1))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenAFileIsOpenAlready_thenItIsRefusedSoThatNothingIsWrittenOver() {
    try (DecisionMemory memory = open()) {
      memory.remember(decision(0, SHARE));
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO))
          .hasMessageContaining("in use");
      memory.remember(decision(0, OTHER));
    }
    try (DecisionMemory memory = open()) {
      assertThat(memory.entries()).hasSize(2);
    }
  }

  @Test
  void whenAModelReflects_thenOthersMayReadMeanwhile() {
    try (DecisionMemory memory = open()) {
      memory.remember(decision(0, SHARE));
      List<MemoryEntry> done = memory.resolve(
          evening(2, 10, 10, 10),
          indexes(2),
          entry ->
              Optional.of(CompletableFuture.supplyAsync(() -> memory.entries().size() + " known, "
                      + memory.before(SHARE, LocalDate.MAX).size() + " to learn from")
                  .orTimeout(1, TimeUnit.MINUTES)
                  .join()));
      assertThat(done.get(0).lesson()).endsWith("1 known, 0 to learn from");
    }
  }
}
