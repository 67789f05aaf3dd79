package io.qilin.data.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import io.qilin.testkit.Panels;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private static final Panel PANEL = Panels.random(10, 60, 0.05, 11);

  private static Bars bars(String name, Panel panel) {
    return new Bars(panel, new Provenance(name, "test", true), 0, List.of());
  }

  private static ReconciliationReport compare(Panel a, Panel b) {
    return Reconciliation.compare("a", bars("a", a), "b", bars("b", b), Tolerance.DEFAULT);
  }

  private static Panel scaled(Panel panel, Field field, double factor) {
    return panel.with(field, (i, d) -> panel.value(field, i, d) * factor);
  }

  @Property(tries = 20)
  void whenCellsArePlanted_thenEachIsCountedOnce(
      @ForAll @IntRange(max = 60) int planted, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Set<Integer> places = new HashSet<>();
    Field field = List.of(Field.CLOSE, Field.PRE_CLOSE, Field.AMOUNT).get(random.nextInt(3));
    for (int k = 0; k < planted; k++) {
      places.add(random.nextInt(600));
    }
    Panel other = PANEL.with(field, (i, d) -> {
      double value = PANEL.value(field, i, d);
      return places.contains(i * 60 + d) ? value * 1.01 + 0.02 : value;
    });
    long known = places.stream()
        .filter(p -> !Double.isNaN(PANEL.value(field, p / 60, p % 60)))
        .count();
    ReconciliationReport report = compare(PANEL, other);
    assertThat(report.differing()).isEqualTo(known);
    assertThat(report.differences().getOrDefault(field, 0L)).isEqualTo(known);
    assertThat(report.findings()).hasSize((int) known);
    assertThat(report.agrees()).isEqualTo(known == 0);
    assertThat(compare(other, PANEL).differing()).as("either way round").isEqualTo(known);
  }

  @Test
  void whenARawPriceIsOneTickOff_thenItAgreesAndTwoTicksDoNot() {
    Panel a = Panels.closes(10.00, 10.29, 1.15);
    assertThat(compare(a, Panels.closes(10.01, 10.28, 1.16)).agrees()).isTrue();
    assertThat(compare(a, Panels.closes(10.00, 10.29, 1.17)).differences())
        .containsEntry(Field.CLOSE, 1L)
        .containsEntry(Field.VWAP, 1L);
    Panel dear = Panels.series(Field.CLOSE, 1700.00);
    assertThat(compare(dear, Panels.series(Field.CLOSE, 1700.02)).differing())
        .as("ticks, not shares of the price")
        .isEqualTo(1);
  }

  @Test
  void whenAVolumeIsWithinATenthOfAPercent_thenItAgrees() {
    Panel a = Panels.series(Field.VOLUME, 100_000, 0, Double.NaN);
    assertThat(compare(a, Panels.series(Field.VOLUME, 100_100, 0, Double.NaN)).agrees())
        .isTrue();
    assertThat(compare(a, Panels.series(Field.VOLUME, 100_101, 0, Double.NaN)).differing())
        .isEqualTo(1);
    assertThat(compare(a, Panels.series(Field.VOLUME, 100_000, 1, Double.NaN)).differing())
        .isEqualTo(1);
    assertThat(compare(a, Panels.series(Field.VOLUME, 100_000, 0, 5)).onlySecond())
        .isEqualTo(1);
  }

  @Test
  void whenOneCountsInLots_thenItIsOneFinding() {
    ReconciliationReport report = compare(PANEL, scaled(PANEL, Field.VOLUME, 0.01));
    assertThat(report.differing()).isZero();
    assertThat(report.unitRows()).isPositive();
    assertThat(report.findings()).singleElement().satisfies(finding -> {
      assertThat(finding.rule()).isEqualTo("volume-unit");
      assertThat(finding.message()).contains("factor of 100", "10 instruments");
    });
  }

  @Test
  void whenOneIsAdjustedAndDoesNotSayIt_thenItIsOneFinding() {
    Panel secret = PANEL;
    for (Field field : List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VWAP)) {
      secret = scaled(secret, field, 1.37);
    }
    ReconciliationReport report = compare(PANEL, secret);
    assertThat(report.adjustmentRows()).isPositive();
    assertThat(report.findings())
        .filteredOn(f -> f.rule().equals("adjustment-mismatch"))
        .hasSize(1);
    assertThat(report.differing()).isLessThan(report.adjustmentRows() / 10);
  }

  @Test
  void whenAdjustmentsAreDeclared_thenRawPricesAreComparedAndItIsSaid() {
    Panel whole = Panels.random(10, 60, 0, 11);
    ReconciliationReport report = compare(whole, whole.withAdjustment(Adjustment.BACKWARD));
    assertThat(report.differing()).isZero();
    assertThat(report.findings())
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.message()).contains("RAW", "BACKWARD", "compared in raw prices"));
    Panel.Builder builder = Panel.builder(PANEL.days(), Adjustment.FORWARD);
    for (int i = 0; i < PANEL.symbols().size(); i++) {
      for (Field field : List.of(Field.CLOSE, Field.VOLUME)) {
        double[] values = PANEL.values(field, i);
        builder.column(PANEL.symbols().get(i), field, PANEL.firstRow(i), values);
      }
    }
    ReconciliationReport without = compare(PANEL, builder.build());
    assertThat(without.cells()).isPositive();
    assertThat(without.differing()).isZero();
    assertThat(without.findings().get(0).message()).contains("prices were not compared");
  }

  @Test
  void whenRowsAreMissing_thenTheyAreCountedOverTheCommonDaysOnly() {
    Panel later =
        PANEL.until(PANEL.days().get(39)).only(s -> !s.equals(PANEL.symbols().get(1)));
    ReconciliationReport report = compare(PANEL, later);
    long own = 0;
    for (int d = PANEL.firstRow(1); d < Math.min(40, PANEL.endRow(1)); d++) {
      own += Double.isNaN(PANEL.value(Field.CLOSE, 1, d))
              && Double.isNaN(PANEL.value(Field.FACTOR, 1, d))
          ? 0
          : 1;
    }
    assertThat(report.onlyFirst()).isEqualTo(own);
    assertThat(report.onlySecond()).isZero();
    assertThat(report.to()).contains(PANEL.days().get(39));
  }

  @Test
  void whenThereAreManyDifferences_thenFindingsAreCappedAndCountsAreExact() {
    Panel other = scaled(PANEL, Field.AMOUNT, 1.5);
    ReconciliationReport report = Reconciliation.compare(
        "a", bars("a", PANEL), "b", bars("b", other), new Tolerance(1, 0.001, 7));
    assertThat(report.findings()).hasSize(7);
    assertThat(report.differing()).isGreaterThan(400);
    assertThat(report).asString().contains(report.differing() + " differ");
  }

  @Test
  void whenBarsAreMerged_thenOnlyWholeMissingRowsAreTaken() {
    Panel gappy = PANEL;
    for (Field field : PANEL.fields()) {
      gappy = gappy.with(field, (i, d) -> d == 5 ? Double.NaN : PANEL.value(field, i, d));
    }
    Panel odd = scaled(PANEL, Field.AMOUNT, 2);
    MergedBars merged = BarMerge.fill(BarMerge.of("a", bars("a", gappy)), "b", bars("b", odd));
    int whole = 0;
    Panel made = merged.bars().panel();
    for (int i = 0; i < PANEL.symbols().size(); i++) {
      for (int d = PANEL.firstRow(i); d < PANEL.endRow(i); d++) {
        double factor = d == 5 ? 2 : 1;
        double got = made.value(
            Field.AMOUNT,
            made.indexOf(PANEL.symbols().get(i)),
            made.indexOf(PANEL.days().get(d)));
        assertThat(Double.compare(got, PANEL.value(Field.AMOUNT, i, d) * factor))
            .isZero();
        whole += merged
                .sourceOf(PANEL.symbols().get(i), PANEL.days().get(d))
                .filter("b"::equals)
                .isPresent()
            ? 1
            : 0;
      }
    }
    assertThat(whole).isEqualTo(merged.bars().findings().size()).isPositive();
    assertThat(BarMerge.fill(BarMerge.of("a", bars("a", PANEL)), "b", bars("b", odd))
            .spans())
        .noneMatch(span -> span.source().equals("b"));
  }

  @Test
  void whenBarsDoNotFit_thenTheyAreNotMerged() {
    MergedBars base = BarMerge.of("a", bars("a", PANEL));
    assertThatThrownBy(() -> BarMerge.fill(base, "b", bars("b", scaled(PANEL, Field.VOLUME, 100))))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT));
    assertThatThrownBy(
            () -> BarMerge.fill(base, "b", bars("b", PANEL.withAdjustment(Adjustment.BACKWARD))))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  @Test
  void whenOneOfTheMergedIsACopy_thenTheMergedAreToo() {
    Instant fetched = Instant.parse("2024-01-01T00:00:00Z");
    Bars copy = new Bars(PANEL, new Provenance("b", "x", false).asCopyOf(fetched), 0, List.of());
    Bars half = bars("a", PANEL.until(PANEL.days().get(20)));
    assertThat(
            BarMerge.fill(BarMerge.of("a", half), "b", copy).bars().provenance().copyOf())
        .contains(fetched);
  }

  @Test
  void whenRowsOfANameAreThere_thenNoOthersTakeIt() {
    MergedBars base = BarMerge.of("a", bars("a", PANEL.until(PANEL.days().get(10))));
    MergedBars more =
        BarMerge.fill(base, "b", bars("b", PANEL.until(PANEL.days().get(15))));
    for (String name : List.of("a", "b")) {
      assertThatThrownBy(() -> BarMerge.fill(more, name, bars(name, PANEL)))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }
}
