package io.qilin.data.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.testkit.Panels;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DemoMarketTest {
  private static final String SMALL =
      "7aa8bcabab1092d16c0d03640401f39a487427bf2aebc54ead662e12cab36626";
  private static final String DEFAULT =
      "ab3a6ba549b508dc2d8d79bbee4751d458abb630ce6155fec4686eb9d3992f48";

  @Test
  void whenMadeOnAnyMachine_thenTheSmallMarketHasTheseBits() {
    assertThat(checksum(DemoMarket.of(20, 1, 42))).isEqualTo(SMALL);
  }

  @Test
  void whenMadeOnAnyMachine_thenTheDefaultMarketHasTheseBits() {
    assertThat(checksum(DemoMarket.builder().build())).isEqualTo(DEFAULT);
  }

  @Test
  void whenMadeTwice_thenItIsTheSameMarket() {
    DemoMarket once = DemoMarket.of(30, 2, 7);
    DemoMarket again = DemoMarket.of(30, 2, 7);
    assertThat(Panels.difference(once.bars().panel(), again.bars().panel())).isEmpty();
    assertThat(once.bars().provenance()).isEqualTo(again.bars().provenance());
    assertThat(checksum(once)).isEqualTo(checksum(again));
  }

  @Test
  void whenTheSeedDiffers_thenSoDoesTheMarket() {
    assertThat(checksum(DemoMarket.of(20, 1, 1))).isNotEqualTo(checksum(DemoMarket.of(20, 1, 2)));
  }

  @Test
  void whenTheDefaultMarketIsAudited_thenItObeysAndShowsEverything() {
    MarketAudit audit = new MarketAudit(DemoMarket.builder().build());
    assertThat(audit.rows).isGreaterThan(320_000);
    assertThat(audit.sealedUp).isBetween(audit.rows / 200, audit.rows / 50);
    assertThat(audit.broken).isGreaterThan(500);
    assertThat(audit.oneWord).isGreaterThan(100);
    assertThat(audit.sealedDown).isGreaterThan(300);
    assertThat(audit.longestStreak).isBetween(4, 20);
    assertThat(audit.suspended).isBetween(audit.rows / 1000, audit.rows / 50);
    assertThat(audit.warned).isGreaterThan(2000);
    assertThat(audit.listings).isGreaterThan(30);
    assertThat(audit.freeDays).isGreaterThan(80);
    assertThat(audit.exDays).isGreaterThan(500);
    assertThat(audit.bonusDays).isGreaterThan(30);
    assertThat(audit.ended).isPositive();
  }

  @Property(tries = 25)
  void whenTheSeedIsAny_thenEveryBarObeysTheRules(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int symbols,
      @ForAll @IntRange(min = 1, max = 6) int years) {
    DemoMarket market = DemoMarket.of(symbols, years, seed);
    MarketAudit audit = new MarketAudit(market);
    assertThat((long) audit.rows).isEqualTo(market.bars().rowsRead());
    assertThat(market.bars().panel().symbols()).hasSize(symbols);
  }

  @Property(tries = 12)
  void whenItEndsOnAnyDay_thenEveryBarObeysTheRulesOfThatTime(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 8000) int daysBack) {
    LocalDate end = LocalDate.of(2026, 11, 20).minusDays(daysBack);
    DemoMarket market =
        DemoMarket.builder().symbols(40).years(2).seed(seed).end(end).build();
    new MarketAudit(market);
    assertThat(market.bars().panel().lastDay()).isAfter(end.minusDays(12)).isBeforeOrEqualTo(end);
  }

  @Test
  void whenMade_thenEveryDayIsATradingDayOfTheSpan() {
    DemoMarket market = DemoMarket.of(5, 5, 42);
    Panel panel = market.bars().panel();
    assertThat(panel.days())
        .allSatisfy(day -> assertThat(market.calendar().isTradingDay(day)).isTrue());
    assertThat(panel.days().get(0)).isEqualTo(LocalDate.of(2021, 1, 4));
    assertThat(panel.lastDay()).isEqualTo(LocalDate.of(2025, 12, 31));
    assertThat(panel.days()).hasSize(market.calendar().count(panel.days().get(0), panel.lastDay()));
  }

  @Test
  void whenMade_thenItIsRawAndMarkedSynthetic() {
    DemoMarket market = DemoMarket.of(5, 1, 42);
    assertThat(market.bars().provenance().synthetic()).isTrue();
    assertThat(market.bars().provenance().toString())
        .isEqualTo("demo:symbols=5,years=1,seed=42,end=2025-12-31 (synthetic)");
    Panel panel = market.bars().panel();
    assertThat(panel.adjustment()).isEqualTo(Adjustment.RAW);
    assertThat(panel.fields())
        .containsExactlyInAnyOrder(
            Field.OPEN,
            Field.HIGH,
            Field.LOW,
            Field.CLOSE,
            Field.VWAP,
            Field.VOLUME,
            Field.AMOUNT,
            Field.FACTOR,
            Field.PRE_CLOSE);
  }

  @Test
  void whenTheDefaultIsMade_thenAllBoardsAreThereAndNamesAreClearlyInvented() {
    Map<Board, Integer> boards = new EnumMap<>(Board.class);
    Set<String> names = new HashSet<>();
    DemoMarket.builder().build().securities().forEach((symbol, timeline) -> {
      SecurityStatus first = timeline.statuses().get(0);
      boards.merge(first.board(), 1, Integer::sum);
      assertThat(names.add(first.name())).as("%s is new", first.name()).isTrue();
      assertThat(timeline.statuses())
          .allSatisfy(status -> assertThat(status.name()).contains("拟"));
    });
    assertThat(boards)
        .containsEntry(Board.SSE_MAIN, 90)
        .containsEntry(Board.SZSE_MAIN, 90)
        .containsEntry(Board.CHINEXT, 60)
        .containsEntry(Board.STAR, 45)
        .containsEntry(Board.BSE, 15);
  }

  @Test
  void whenABoardIsNotYetOpen_thenNobodyIsListedOnIt() {
    DemoMarket market =
        DemoMarket.builder().symbols(40).years(2).end(LocalDate.of(2012, 6, 29)).build();
    assertThat(market.securities().values())
        .allSatisfy(t -> assertThat(t.statuses().get(0).board())
            .isIn(Board.SSE_MAIN, Board.SZSE_MAIN, Board.CHINEXT));
  }

  @Test
  void whenTheMostIsAskedFor_thenThereAreCodesForIt() {
    DemoMarket market = DemoMarket.of(DemoMarket.MAX_SYMBOLS, 1, 3);
    assertThat(market.securities()).hasSize(DemoMarket.MAX_SYMBOLS);
  }

  @Test
  void whenANumberIsOutOfRange_thenItIsRefused() {
    refused(() -> DemoMarket.of(0, 5, 42), ErrorCode.INVALID_ARGUMENT, "symbols");
    refused(() -> DemoMarket.of(3001, 1, 42), ErrorCode.INVALID_ARGUMENT, "3000");
    refused(() -> DemoMarket.of(10, 0, 42), ErrorCode.INVALID_ARGUMENT, "years");
    refused(() -> DemoMarket.of(10, 21, 42), ErrorCode.INVALID_ARGUMENT, "20");
    refused(() -> DemoMarket.of(3000, 20, 42), ErrorCode.INVALID_ARGUMENT, "15000");
    refused(
        () -> DemoMarket.builder().end(LocalDate.of(2031, 1, 1)).build(),
        ErrorCode.DATE_OUT_OF_RANGE,
        "2026");
    refused(
        () -> DemoMarket.builder().end(LocalDate.of(1998, 1, 1)).build(),
        ErrorCode.DATE_OUT_OF_RANGE,
        "1996");
  }

  private static void refused(Runnable work, ErrorCode code, String part) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(part);
  }

  /** SHA-256 over days, symbols, spans, the bits of every cell, and the timelines. */
  private static String checksum(DemoMarket market) {
    Panel panel = market.bars().panel();
    MessageDigest digest = sha256();
    digest.update((panel.days() + "" + panel.fields()).getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < panel.symbols().size(); i++) {
      digest.update(
          (panel.symbols().get(i) + " " + panel.firstRow(i)).getBytes(StandardCharsets.UTF_8));
      for (Field field : panel.fields()) {
        double[] values = panel.values(field, i);
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
        bytes.asDoubleBuffer().put(values);
        digest.update(bytes);
      }
    }
    market
        .securities()
        .forEach((symbol, timeline) ->
            digest.update(statuses(timeline).getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What the demo market knows of a share, in the form in which the checksums were made. */
  private static String statuses(SecurityTimeline timeline) {
    return timeline.statuses().stream()
        .map(status -> "SecurityStatus[symbol=" + status.symbol() + ", from=" + status.from()
            + ", board=" + status.board() + ", name=" + status.name() + ", riskWarning="
            + status.riskWarning() + ", listDate=" + status.listDate() + ", freeFloatShares="
            + status.freeFloatShares() + "]")
        .toList()
        .toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
