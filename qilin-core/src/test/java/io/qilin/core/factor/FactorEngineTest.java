package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.progress.Cancellation;
import io.qilin.core.expression.ExpressionException;
import io.qilin.core.expression.ExpressionLimits;
import io.qilin.testkit.Panels;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FactorEngineTest {
  private static final double NAN = Double.NaN;
  private final Panel panel = Panels.closes(1, 2, 4, 8, 16);

  @Test
  void whenComputed_thenColumnsAreInTheOrderOfTheSet() {
    FactorSet set = FactorSet.of(
        "two", new Factor("MA2", "Mean($close,2)"), new Factor("ROC1", "$close/Ref($close,1)"));

    FactorTable table = FactorEngine.DEFAULT.compute(panel, set);

    assertThat(table.names()).containsExactly("MA2", "ROC1");
    assertThat(column(table, 0)).containsExactly(1, 1.5, 3, 6, 12);
    assertThat(column(table, 1)).containsExactly(NAN, 2, 2, 2, 2);
  }

  @Test
  void whenSomeDaysAreAsked_thenTheTableHoldsThoseAndReadsTheDaysBefore() {
    FactorTable table = FactorEngine.DEFAULT.compute(
        panel, one("Mean($close,2)"), panel.days().get(2), panel.days().get(3));

    assertThat(table.days()).isEqualTo(panel.days().subList(2, 4));
    assertThat(column(table, 0)).containsExactly(3, 6);
  }

  @Test
  void whenAnInstrumentIsListedLateOrEndsEarly_thenItHasValuesOnItsOwnDaysOnly() {
    Panel mixed = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, 5), Adjustment.RAW)
        .column(Symbol.parse("600000.SH"), Field.CLOSE, 0, new double[] {1, 2, 3, 4, 5})
        .column(Symbol.parse("600001.SH"), Field.CLOSE, 1, new double[] {7, 9, 8})
        .build();

    FactorTable table = FactorEngine.DEFAULT.compute(mixed, one("Count($close,3)"));

    assertThat(values(table, 1)).containsExactly(NAN, 1, 2, 3, NAN);
  }

  @Test
  void whenAnotherInstrumentIsRead_thenItsDaysAreJoined() {
    Panel mixed = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, 5), Adjustment.RAW)
        .column(Symbol.parse("600000.SH"), Field.CLOSE, 0, new double[] {1, 2, 3, 4, 5})
        .column(Symbol.parse("600001.SH"), Field.CLOSE, 1, new double[] {7, 1, 8})
        .build();
    FactorSet set = FactorSet.of(
        "elsewhere",
        new Factor("sum", "$close+Mask($close,'SH600001')"),
        new Factor("above", "$close>Mask($close,'SH600001')"),
        new Factor("not above", "Not($close>Mask($close,'SH600001'))"),
        new Factor("window", "Sum(ChangeInstrument('SH600000',$close),2)"),
        new Factor("inner counts", "Mask(Mask($close,'SH600001'),'SH600000')"));

    FactorTable table = FactorEngine.DEFAULT.compute(mixed, set);

    assertThat(column(table, 0)).containsExactly(NAN, 9, 4, 12, NAN);
    assertThat(column(table, 1)).containsExactly(0, 0, 1, 0, 0);
    assertThat(column(table, 2)).containsExactly(1, 1, 0, 1, 1);
    assertThat(List.of(table.value(3, 1, 1), table.value(3, 1, 2))).containsExactly(3.0, 5.0);
    assertThat(column(table, 4)).containsExactly(NAN, 7, 1, 8, NAN);
  }

  @Test
  void whenAnInstrumentHasEnded_thenItsShiftedValuesHaveEndedToo() {
    Panel ended = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, 5), Adjustment.RAW)
        .column(Symbol.parse("600000.SH"), Field.CLOSE, 0, new double[] {1, 2, 3, 4, 5})
        .column(Symbol.parse("600001.SH"), Field.CLOSE, 0, new double[] {10, 20, 30})
        .build();
    FactorSet set = FactorSet.of(
        "shifted",
        new Factor("one", "Mask(Ref($close,1),'SH600001')"),
        new Factor("two", "Mask(Abs(Ref($close,2)),'SH600001')"),
        new Factor("sum", "Mask(Ref($close,1)+Ref($close,2),'SH600001')"));

    FactorTable table = FactorEngine.DEFAULT.compute(ended, set);

    assertThat(column(table, 0)).containsExactly(NAN, 10, 20, NAN, NAN);
    assertThat(column(table, 1)).containsExactly(NAN, NAN, 10, NAN, NAN);
    assertThat(column(table, 2)).containsExactly(NAN, NAN, 30, NAN, NAN);

    LabelTable labels = FactorEngine.DEFAULT.labels(
        ended,
        List.of(
            new Label("back", "Ref(Ref($close,1),-1)"),
            new Label("delta", "Delta(Ref($close,1),-1)"),
            new Label("rank", "CSRank(Ref(Ref($close,1),-1))")));
    assertThat(values(labels, 0, 0)).containsExactly(1, 2, 3, 4, NAN);
    assertThat(values(labels, 0, 1)).containsExactly(10, 20, NAN, NAN, NAN);
    assertThat(values(labels, 1, 0)).containsExactly(NAN, -1, -1, -1, NAN);
    assertThat(values(labels, 2, 0)).containsExactly(0.5, 0.5, 1, 1, NAN);
  }

  private static double[] values(LabelTable labels, int label, int instrument) {
    double[] day = new double[labels.symbols().size()];
    double[] values = new double[labels.days().size()];
    for (int t = 0; t < values.length; t++) {
      labels.crossSection(label, t, day);
      values[t] = day[instrument];
    }
    return values;
  }

  @Test
  void whenAFactorReadsTheFuture_thenRefusedWithTheOffender() {
    QilinException e = catchThrowableOfType(
        QilinException.class,
        () -> FactorEngine.DEFAULT.compute(panel, one("$close/Mean(Ref($close, -2), 5)")));

    assertThat(e.code()).isEqualTo(ErrorCode.LOOK_AHEAD);
    assertThat(e)
        .hasMessageContaining("factor 'f' reads 2 rows of the future in Ref($close,-2)")
        .hasMessageContaining("Label");
  }

  @Test
  void whenALabelReadsTheFuture_thenItIsComputed() {
    LabelTable table = FactorEngine.DEFAULT.labels(panel, List.of(Label.NEXT_DAY_RETURN));
    LabelTable part = FactorEngine.DEFAULT.labels(
        panel, List.of(Label.NEXT_DAY_RETURN), panel.days().get(1), panel.days().get(2));

    assertThat(labels(table)).containsExactly(1, 1, 1, NAN, NAN);
    assertThat(labels(part)).containsExactly(1, 1);
  }

  @Test
  void whenLabelsAreNoneOrTwice_thenRefused() {
    assertThatThrownBy(() -> FactorEngine.DEFAULT.labels(panel, List.of()))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> FactorEngine.DEFAULT.labels(
            panel, List.of(Label.NEXT_DAY_RETURN, Label.NEXT_DAY_RETURN)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("LABEL0");
  }

  @Test
  void whenAFieldIsMissing_thenRefusedWithTheNearestOrTakenAsNaN() {
    assertThatThrownBy(() -> FactorEngine.DEFAULT.compute(panel, one("$clsoe")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
        .hasMessageContaining("factor 'f' reads $clsoe")
        .hasMessageContaining("did you mean $close?");
    assertThatThrownBy(() -> FactorEngine.DEFAULT.compute(panel, one("$turnover_rate")))
        .hasMessageContaining("it holds [$close, $high");

    FactorEngine lenient = FactorEngine.builder().missing(MissingData.NAN).build();
    assertThat(column(lenient.compute(panel, one("$close+$clsoe")), 0)).containsOnly(NAN);
    assertThat(column(lenient.compute(panel, one("Mean($clsoe,2)")), 0)).containsOnly(NAN);
    assertThat(column(lenient.compute(panel, one("($close>$clsoe)*1")), 0)).containsOnly(0);
  }

  @Test
  void whenAnInstrumentIsMissing_thenRefusedOrTakenAsNaN() {
    assertThatThrownBy(() -> FactorEngine.DEFAULT.compute(panel, one("Mask($close,'SH600000')")))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("600000.SH");

    FactorEngine lenient = FactorEngine.builder().missing(MissingData.NAN).build();
    assertThat(column(lenient.compute(panel, one("Mask($close,'SH600000')")), 0))
        .containsOnly(NAN);
  }

  /** {@code If} has the rows of its condition: a series of none is none, whatever else is computed. */
  @Test
  void whenAConditionHasNoRow_thenItIsASeriesOfNone() {
    FactorEngine lenient = FactorEngine.builder().missing(MissingData.NAN).build();
    for (String condition : List.of("$missing>0", "Mask($close,'SH699999')>0")) {
      String none = "If(" + condition + ",$close,1)";
      for (String text : List.of(
          "Ref(%s,0)",
          "Ref(%s,1)",
          "Delta(%s,1)",
          "EMA(%s,0)",
          "Mad(%s,0)",
          "Count(%s,3)",
          "Power(%s,0)",
          "Sum(%s>0,3)",
          "Med(%s,5)",
          "If(%s>0,$close,2)")) {
        FactorTable table = lenient.compute(
            panel,
            FactorSet.of(
                "s",
                new Factor("f", String.format(text, none)),
                new Factor("masked", "Mask($close,'SH600519')")));
        assertThat(column(table, 0)).as(text).containsOnly(Double.NaN);
      }
      FactorStream stream = lenient.plan(one("Ref(" + none + ",1)")).stream(panel.symbols());
      stream.push(stream.newRow());
      assertThat(stream.value(0, 0)).isNaN();
      assertThat(labels(lenient.labels(panel, List.of(new Label("l", "Ref(" + none + ",-1)")))))
          .containsOnly(Double.NaN);
    }
  }

  @Test
  void whenAnExpressionIsWrong_thenTheFactorIsNamed() {
    ExpressionException e = catchThrowableOfType(
        ExpressionException.class, () -> FactorEngine.DEFAULT.compute(panel, one("$close+")));

    assertThat(e).hasMessageContaining("factor 'f': the expression ends too early");
    assertThat(e.position()).isEqualTo(7);
  }

  @Test
  void whenWindowsMayBeLonger_thenTheyAreComputed() {
    FactorEngine engine = FactorEngine.builder()
        .limits(ExpressionLimits.DEFAULT.withMaxWindow(50_000))
        .build();

    assertThat(column(engine.compute(panel, one("Sum($close,50000)")), 0)).endsWith(31);
    assertThatThrownBy(() -> FactorEngine.DEFAULT.compute(panel, one("Sum($close,50000)")))
        .isInstanceOf(ExpressionException.class);
  }

  @Test
  void whenDaysAreNotThoseOfThePanel_thenRefused() {
    LocalDate first = panel.days().get(0);

    assertThatThrownBy(
            () -> FactorEngine.DEFAULT.compute(panel, one("$close"), first.minusDays(1), first))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_OUT_OF_RANGE));
    assertThatThrownBy(
            () -> FactorEngine.DEFAULT.compute(panel, one("$close"), panel.lastDay(), first))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("is before the first");
  }

  @Test
  void whenAllRowsAreNaN_thenFactorsAreNaNOrCountNothing() {
    Panel empty = Panels.closes(NAN, NAN, NAN);
    FactorTable table = FactorEngine.DEFAULT.compute(
        empty, Alpha158.builder().exclude(volumeFamilies()).build());

    for (String name :
        List.of("KMID", "MA5", "STD10", "RANK20", "QTLU5", "IMAX5", "BETA60", "RSQR5")) {
      assertThat(column(table, table.indexOf(name))).as(name).containsOnly(NAN);
    }
    assertThat(column(table, table.indexOf("CNTP5"))).containsOnly(0);
  }

  @Test
  void whenModeIsCorrected_thenTheNamedDefectsAreGone() {
    FactorEngine corrected = FactorEngine.builder().mode(NumericMode.CORRECTED).build();
    double inf = Double.POSITIVE_INFINITY;
    Panel spoilt = Panels.closes(1, 2, inf, 4, 5, 6, 7);
    Panel small = Panels.closes(1e-7, 2e-7, 3e-7, 4e-7);

    assertThat(last(corrected.compute(panel, one("WMA($close,2)")))).isEqualTo((8 + 2 * 16) / 3.0);
    assertThat(last(FactorEngine.DEFAULT.compute(panel, one("WMA($close,2)"))))
        .isEqualTo((8 + 2 * 16) / 6.0);
    assertThat(last(corrected.compute(spoilt, one("Slope($close,3)")))).isEqualTo(1);
    assertThat(last(FactorEngine.DEFAULT.compute(spoilt, one("Slope($close,3)"))))
        .isNaN();
    assertThat(last(corrected.compute(small, one("Corr($close,$open,3)")))).isEqualTo(1);
    assertThat(last(FactorEngine.DEFAULT.compute(small, one("Corr($close,$open,3)"))))
        .isNaN();
    assertThat(last(corrected.compute(small, one("Rsquare($close,3)"))))
        .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(last(FactorEngine.DEFAULT.compute(small, one("Rsquare($close,3)"))))
        .isNaN();
  }

  @Test
  void whenAnInfinityLiesBeforeTheDaysAsked_thenItSpoilsTheLineAsOverTheWhole() {
    Panel spoilt = Panels.closes(1, Double.POSITIVE_INFINITY, 3, 4, 5, 6, 7);

    FactorTable part = FactorEngine.DEFAULT.compute(
        spoilt, one("Slope($close,2)"), spoilt.lastDay(), spoilt.lastDay());

    assertThat(last(part)).isNaN();
  }

  @Test
  void whenProgressIsHeard_thenItEndsWithAll() {
    Panel many = Panels.random(7, 70, 1);
    List<Long> heard = Collections.synchronizedList(new ArrayList<>());

    FactorEngine.builder()
        .progress((done, total) -> heard.add(done * 1000 + total))
        .build()
        .compute(many, one("$close"));

    assertThat(heard.get(heard.size() - 1)).isEqualTo(7 * 70 * 1000L + 490);
    assertThat(heard).isSorted().hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whenCancelled_thenTheWorkStops(boolean alreadyBefore) {
    Cancellation cancellation = new Cancellation();
    if (alreadyBefore) {
      cancellation.cancel();
    }
    FactorEngine engine = FactorEngine.builder()
        .cancellation(cancellation)
        .progress((done, total) -> cancellation.cancel())
        .build();

    assertThatThrownBy(() -> engine.compute(Panels.random(3, 70, 1), one("$close")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
  }

  /** One instrument, one operator, about 10^10 values to read: the check is inside the window loop. */
  @Test
  void whenCancelledInTheMiddleOfOneLongOperator_thenTheWorkStopsSoon() throws Exception {
    Panel longPanel = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, 150_000), Adjustment.RAW)
        .column(Panels.SYMBOL, Field.CLOSE, 0, new double[150_000])
        .build();
    Cancellation cancellation = new Cancellation();
    FactorEngine engine = FactorEngine.builder().cancellation(cancellation).build();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      var result = thread.submit(() -> catchThrowableOfType(
          QilinException.class, () -> engine.compute(longPanel, one("Mad($close,0)"))));
      cancellation.cancel();

      assertThat(result.get(1, java.util.concurrent.TimeUnit.MINUTES).code())
          .isEqualTo(ErrorCode.CANCELLED);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void whenTheDeadlineIsOver_thenTimeout() {
    Instant now = Instant.parse("2024-01-02T03:04:05Z");
    FactorEngine engine = FactorEngine.builder()
        .deadline(now.minusSeconds(1), Clock.fixed(now, ZoneOffset.UTC))
        .build();

    assertThatThrownBy(() -> engine.compute(panel, one("$close")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
  }

  @Test
  void whenTheExecutorNeverRunsAnything_thenTheCallerDoesTheWork() {
    FactorEngine engine = FactorEngine.builder().executor(task -> {}).build();

    assertThat(engine.compute(Panels.random(5, 10, 1), one("$close")).symbols()).hasSize(5);
  }

  @Test
  void whenTheExecutorRefuses_thenResourceExhausted() {
    FactorEngine engine = FactorEngine.builder()
        .executor(task -> {
          throw new RejectedExecutionException("full");
        })
        .build();

    if (Runtime.getRuntime().availableProcessors() > 1) {
      assertThatThrownBy(() -> engine.compute(Panels.random(100, 10, 1), one("$close")))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
    }
  }

  @Test
  void whenTheCallerIsInterruptedWhileOthersWork_thenCancelledAndTheFlagIsKept() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> FactorEngine.DEFAULT.compute(panel, one("$close")))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  private static java.util.Set<Alpha158Family> volumeFamilies() {
    return java.util.EnumSet.of(
        Alpha158Family.CORR,
        Alpha158Family.CORD,
        Alpha158Family.VMA,
        Alpha158Family.VSTD,
        Alpha158Family.WVMA,
        Alpha158Family.VSUMP,
        Alpha158Family.VSUMN,
        Alpha158Family.VSUMD);
  }

  private static FactorSet one(String expression) {
    return FactorSet.of("one", new Factor("f", expression));
  }

  private static double[] column(FactorTable table, int column) {
    return java.util.stream.IntStream.range(0, table.days().size())
        .mapToDouble(day -> table.value(column, 0, day))
        .toArray();
  }

  private static double[] values(FactorTable table, int instrument) {
    return java.util.stream.IntStream.range(0, table.days().size())
        .mapToDouble(day -> table.value(0, instrument, day))
        .toArray();
  }

  private static double last(FactorTable table) {
    return table.value(0, 0, table.days().size() - 1);
  }

  private static double[] labels(LabelTable table) {
    return java.util.stream.IntStream.range(0, table.days().size())
        .mapToDouble(day -> table.value(0, 0, day))
        .toArray();
  }

  /** The days after the last are taken in by stretches of their own. */
  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 63, 64, 65, 80, 96})
  void whenALabelReadsFarBeyondTheLastDay_thenItIsNotKnownThere(int days) {
    Panel random = Panels.random(3, days, 7);

    LabelTable labels = FactorEngine.DEFAULT.labels(
        random, List.of(new Label("far", "Ref($close,-40)"), new Label("near", "Ref($close,-1)")));

    for (int day = 0; day < days; day++) {
      for (int i = 0; i < 3; i++) {
        assertThat(bits(labels.value(0, i, day))).isEqualTo(bits(later(random, i, day, 40)));
        assertThat(bits(labels.value(1, i, day))).isEqualTo(bits(later(random, i, day, 1)));
      }
    }
  }

  private static double later(Panel panel, int instrument, int day, int days) {
    boolean row = day >= panel.firstRow(instrument) && day + days < panel.endRow(instrument);
    return row ? panel.value(Field.CLOSE, instrument, day + days) : Double.NaN;
  }

  private static long bits(double value) {
    return Double.doubleToLongBits(value);
  }
}
