package io.qilin.core.adjust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.SharedFiles;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Real bars of 30 shares over five years, forward-adjusted, with the vendor's factor. */
class AdjustmentGoldenTest {
  /** How well a step of the vendor's factor is known, relative. */
  private static final double VENDOR = 1e-4;

  /** The bars with the prices of one column as {@code $close}. */
  private static Panel bars(String close, boolean references) {
    List<LocalDate> days = SharedFiles.lines(SharedFiles.golden("cn_calendar.txt")).stream()
        .map(LocalDate::parse)
        .toList();
    Map<LocalDate, Integer> at = new HashMap<>();
    days.forEach(day -> at.put(day, at.size()));
    List<String> lines = SharedFiles.lines(SharedFiles.golden("cn_input.csv.gz"));
    List<String> header = Arrays.asList(lines.get(0).split(","));
    Map<Field, String> columns = new TreeMap<>(Map.of(Field.CLOSE, close, Field.FACTOR, "factor"));
    if (references) {
      columns.put(Field.PRE_CLOSE, "raw_pre_close");
    }
    Map<String, Map<Field, double[]>> shares = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<Field, double[]> share = shares.computeIfAbsent(cells[1], code -> new TreeMap<>());
      columns.forEach((field, name) -> share
              .computeIfAbsent(field, f -> unknown(days.size()))[
              at.get(LocalDate.parse(cells[0]))] =
          Double.parseDouble(cells[header.indexOf(name)]));
    }
    Panel.Builder panel = Panel.builder(days, Adjustment.RAW);
    shares.forEach((code, fields) -> fields.forEach((field, values) -> {
      int first = 0;
      while (Double.isNaN(values[first])) {
        first++;
      }
      panel.column(
          Symbol.parse(code), field, first, Arrays.copyOfRange(values, first, values.length));
    }));
    return panel.build();
  }

  private static double[] unknown(int days) {
    double[] values = new double[days];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /**
   * The vendor does not round the reference price, so that each ex-date may differ by half a tick of it, and all of a share
   * together by 0.1 %. Its factors were found from prices of few digits, which adds {@link #VENDOR}.
   */
  @Test
  void whenFactorsAreDerived_thenTheyAreTheVendorsButForHalfATick() {
    Panel raw = bars("raw_close", true);
    List<CorporateAction> actions = ImpliedActions.of(raw);
    AdjustmentFactors factors = AdjustmentFactors.of(raw, actions);
    int exDates = 0;
    for (int i = 0; i < raw.symbols().size(); i++) {
      double anchor = raw.value(Field.FACTOR, i, raw.firstRow(i));
      double lastClose = Double.NaN;
      double lastVendor = anchor;
      double lastOwn = 1;
      for (int day = raw.firstRow(i); day < raw.endRow(i); day++) {
        double vendor = raw.value(Field.FACTOR, i, day);
        if (Double.isNaN(vendor)) {
          continue;
        }
        double own = factors.at(i, day);
        double halfTick = 0.0051 / Math.min(lastClose, raw.value(Field.PRE_CLOSE, i, day));
        if (own != lastOwn) {
          exDates++;
          assertThat(own / lastOwn)
              .as("%s on %s", raw.symbols().get(i), raw.days().get(day))
              .isCloseTo(vendor / lastVendor, within(2 * halfTick + VENDOR));
        } else {
          assertThat(vendor).isCloseTo(lastVendor, within(1e-9 + lastVendor * 1e-6));
        }
        assertThat(own).isCloseTo(vendor / anchor, within(1e-3 * own));
        lastOwn = own;
        lastVendor = vendor;
        lastClose = raw.value(Field.CLOSE, i, day);
      }
    }
    assertThat(exDates).isEqualTo(actions.size()).isGreaterThan(100);
  }

  @Test
  void whenForwardAdjustedPricesAreReadAsRaw_thenTheyAreFoundOut() {
    Panel panel = bars("close", false);
    List<AdjustedShare> suspects = RawPriceCheck.suspects(panel);

    assertThat(suspects)
        .hasSizeGreaterThan(25)
        .allSatisfy(suspect -> assertThat(suspect.why()).contains("off the tick"));
    assertThat(suspects.stream().filter(s -> s.seen().equals(Optional.of(Adjustment.FORWARD))))
        .hasSizeGreaterThan(suspects.size() / 2);
    assertThatThrownBy(() -> RawPriceCheck.require(panel))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_QUALITY))
        .hasMessageContaining("withAdjustment(RAW)");
  }

  @Test
  void whenForwardAdjustedPricesAreRoundedToTheTick_thenTheReferencePricesContradictThem() {
    Panel panel = bars("close", true);
    Panel rounded = panel.with(
        Field.CLOSE, (i, day) -> Math.rint(panel.value(Field.CLOSE, i, day) * 100) / 100);
    assertThat(RawPriceCheck.suspects(rounded))
        .hasSizeGreaterThan(15)
        .allSatisfy(suspect -> assertThat(suspect.why()).contains("reference prices"));
  }

  @Test
  void whenPricesAreRaw_thenNothingIsSuspected() {
    assertThat(RawPriceCheck.suspects(bars("raw_close", true))).isEmpty();
  }
}
