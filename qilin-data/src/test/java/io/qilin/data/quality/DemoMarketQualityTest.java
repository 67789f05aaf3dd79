package io.qilin.data.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.source.Bars;
import io.qilin.data.demo.DemoMarket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A market that obeys the rules passes, and one wrong cell in it is found. */
class DemoMarketQualityTest {
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T04:00:00Z");

  /** Ways to spoil a cell. */
  enum Fault {
    HIGH_BELOW_LOW,
    CLOSE_TRIPLED,
    LOW_TENFOLD_DOWN,
    OPEN_OFF_TICK,
    OPEN_ZERO,
    HIGH_INFINITE,
    CLOSE_MISSING,
    VOLUME_NEGATIVE,
    VOLUME_HALF_A_SHARE,
    VOLUME_TENFOLD,
    AMOUNT_TENFOLD,
    AMOUNT_ZERO,
    FACTOR_ZERO,
    REFERENCE_MOVED;

    Field field() {
      return switch (this) {
        case HIGH_BELOW_LOW, HIGH_INFINITE -> Field.HIGH;
        case CLOSE_TRIPLED, CLOSE_MISSING -> Field.CLOSE;
        case LOW_TENFOLD_DOWN -> Field.LOW;
        case OPEN_OFF_TICK, OPEN_ZERO -> Field.OPEN;
        case VOLUME_NEGATIVE, VOLUME_HALF_A_SHARE, VOLUME_TENFOLD -> Field.VOLUME;
        case AMOUNT_TENFOLD, AMOUNT_ZERO -> Field.AMOUNT;
        case FACTOR_ZERO -> Field.FACTOR;
        case REFERENCE_MOVED -> Field.PRE_CLOSE;
      };
    }

    double spoil(double value) {
      return switch (this) {
        case HIGH_BELOW_LOW -> 0.01;
        case CLOSE_TRIPLED -> 3 * value;
        case LOW_TENFOLD_DOWN -> Math.rint(value * 10) / 100;
        case OPEN_OFF_TICK -> value + 0.003;
        case OPEN_ZERO, AMOUNT_ZERO, FACTOR_ZERO -> 0;
        case HIGH_INFINITE -> Double.POSITIVE_INFINITY;
        case CLOSE_MISSING -> Double.NaN;
        case VOLUME_NEGATIVE -> -value;
        case VOLUME_HALF_A_SHARE, REFERENCE_MOVED -> value + 0.5;
        case VOLUME_TENFOLD, AMOUNT_TENFOLD -> 10 * value;
      };
    }
  }

  private static QualityReport judge(DemoMarket market, Panel panel) {
    Bars bars = new Bars(
        panel,
        market.bars().provenance(),
        market.bars().rowsRead(),
        market.bars().findings());
    return QualityGate.builder()
        .build()
        .judge(
            new QualityInput(bars, market.securities(), Optional.of(market.calendar()), NEW_YEAR));
  }

  @Property(tries = 15)
  void whenADemoMarketIsJudged_thenNothingIsWrong(
      @ForAll long seed,
      @ForAll @IntRange(min = 5, max = 50) int symbols,
      @ForAll @IntRange(min = 1, max = 5) int years) {
    DemoMarket market = DemoMarket.of(symbols, years, seed);
    QualityReport report = judge(market, market.bars().panel());
    assertThat(report.findings()).allMatch(f -> f.severity() == QualitySeverity.INFO);
    assertThat(report.overall()).isEqualTo(1.0);
    assertThat(report.bad()).isEmpty();
  }

  @Property(tries = 150)
  void whenOneCellIsSpoilt_thenItsRowIsNamed(
      @ForAll Fault fault,
      @ForAll @IntRange(min = 0, max = 50) int seed,
      @ForAll @IntRange(min = 0, max = 9) int instrument,
      @ForAll @IntRange(min = 1, max = 1_000_000) int place) {
    DemoMarket market = DemoMarket.of(10, 1, seed);
    Panel panel = market.bars().panel();
    int rows = panel.endRow(instrument) - panel.firstRow(instrument);
    int day = panel.firstRow(instrument) + 1 + place % (rows - 1);
    boolean judgeable = !Double.isNaN(panel.value(Field.CLOSE, instrument, day))
        && !Double.isNaN(panel.value(Field.CLOSE, instrument, day - 1));
    // A new share has no price limits on its first five days: any low below the others may be true.
    boolean limited = day - panel.firstRow(instrument) >= 5;
    net.jqwik.api.Assume.that(judgeable && (limited || fault != Fault.LOW_TENFOLD_DOWN));
    QualityReport report = judge(market, spoilt(panel, instrument, day, fault));
    Symbol symbol = panel.symbols().get(instrument);
    LocalDate date = panel.days().get(day);
    assertThat(report.findings())
        .anyMatch(f -> f.severity() != QualitySeverity.INFO
            && f.symbol().equals(Optional.of(symbol))
            && f.day().equals(Optional.of(date)));
  }

  private static Panel spoilt(Panel panel, int instrument, int day, Fault fault) {
    Panel.Builder builder = Panel.builder(panel.days(), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (Field field : panel.fields()) {
        double[] values = panel.values(field, i);
        if (i == instrument && field.equals(fault.field())) {
          int row = day - panel.firstRow(i);
          values[row] = fault.spoil(values[row]);
        }
        builder.column(panel.symbols().get(i), field, panel.firstRow(i), values);
      }
    }
    return builder.build();
  }
}
