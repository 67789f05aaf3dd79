package io.qilin.mlops.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.testkit.Mutation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FittedChainTest {
  private static final int FEATURES = 5;
  private static final int INSTRUMENTS = 12;
  private static final int DAYS = 20;
  private static final Set<ErrorCode> REFUSALS =
      EnumSet.of(ErrorCode.DATA_FORMAT, ErrorCode.LIMIT_EXCEEDED);

  private static final ProcessorChain EVERYTHING = new ProcessorChain(
      List.of(
          new Processor.ProcessInf(),
          new Processor.DropCol(List.of("F4")),
          new Processor.RobustZScoreNorm(Columns.FEATURES, true)),
      List.of(
          new Processor.ZScoreNorm(Columns.ALL),
          new Processor.CsZFillna(Columns.FEATURES),
          new Processor.Fillna(Columns.FEATURES, 0.25),
          new Processor.TanhProcess(),
          new Processor.FilterCol(Columns.FEATURES, List.of("F0", "F2", "F3")),
          new Processor.MinMaxNorm(Columns.FEATURES),
          new Processor.CsZScoreNorm(Columns.FEATURES, Processor.CsZScoreNorm.Method.ROBUST)),
      List.of(
          new Processor.DropnaLabel(),
          new Processor.DropnaProcessor(Columns.ALL),
          new Processor.CsRankNorm(Columns.LABELS)),
      ProcessorChain.Flow.APPEND);

  private static DayRange days(int from, int to) {
    return Tables.range(Tables.days(DAYS), from, to);
  }

  private static double[] features(FeatureRows rows) {
    double[] values = new double[rows.count() * rows.features().size()];
    rows.copyRows(0, rows.count(), values);
    return values;
  }

  /** Days until the cut are the same; all after it are different. */
  private static FeatureFrame until(long seed, int cut, long later) {
    return FeatureFrame.of(
        Tables.factors(
            Tables.names("F", FEATURES),
            Tables.symbols(INSTRUMENTS),
            Tables.days(DAYS),
            (c, i, d) -> Tables.random(d < cut ? seed : later, c, i, d)),
        Tables.labels(
            List.of("LABEL0"),
            Tables.symbols(INSTRUMENTS),
            Tables.days(DAYS),
            (c, i, d) -> Tables.random(d < cut ? seed : later, 7, i, d)));
  }

  @Property(tries = 6)
  void whenLaterDaysDiffer_thenTheFitAndEarlierRowsAreTheSame(
      @ForAll long seed, @ForAll @IntRange(min = 3, max = 15) int cut) {
    FeatureFrame one = until(seed, cut, seed + 1);
    FeatureFrame other = until(seed, cut, seed + 2);

    FittedChain fitted = EVERYTHING.fit(one, days(0, cut));

    assertThat(fitted).isEqualTo(EVERYTHING.fit(other, days(0, cut)));
    assertThat(features(fitted.infer(one, days(0, cut))))
        .containsExactly(features(fitted.infer(other, days(0, cut))));
    assertThat(fitted.learn(one, days(0, cut)).training("LABEL0").dataHash())
        .isEqualTo(fitted.learn(other, days(0, cut)).training("LABEL0").dataHash());
    // A control: the later rows do differ.
    assertThat(features(fitted.infer(one, days(cut, DAYS))))
        .isNotEqualTo(features(fitted.infer(other, days(cut, DAYS))));
  }

  @Property(tries = 6)
  void whenDaysComeSingly_thenTheBitsOfTheBatch(@ForAll long seed) {
    FeatureFrame frame = Tables.frame(FEATURES, INSTRUMENTS, DAYS, seed);
    FittedChain fitted = EVERYTHING.fit(frame, days(0, 10));
    FeatureRows batch = fitted.infer(frame, days(0, DAYS));
    FeatureRows raw = empty().fit(frame, days(0, 1)).infer(frame, days(0, DAYS));
    int width = fitted.outputFeatures().size();

    for (int day = 0; day < DAYS; day++) {
      int count = raw.dayStart(day + 1) - raw.dayStart(day);
      double[] rows = new double[count * FEATURES];
      raw.copyRows(raw.dayStart(day), count, rows);
      double[] out = new double[count * width];
      int[] kept = new int[count];

      int left = fitted.infer(rows, count, out, kept);

      assertThat(left).isEqualTo(batch.dayStart(day + 1) - batch.dayStart(day));
      double[] expected = new double[left * width];
      batch.copyRows(batch.dayStart(day), left, expected);
      assertThat(Arrays.copyOf(out, left * width)).containsExactly(expected);
    }
  }

  private static ProcessorChain empty() {
    return new ProcessorChain(List.of(), List.of(), List.of(), ProcessorChain.Flow.APPEND);
  }

  @Test
  void whenRowByRow_thenRowsMayComeSingly() {
    FeatureFrame frame = Tables.frame(FEATURES, INSTRUMENTS, DAYS, 5);
    FittedChain fitted = new ProcessorChain(
            List.of(new Processor.DropnaProcessor(Columns.FEATURES)),
            List.of(new Processor.ZScoreNorm(Columns.FEATURES)),
            List.of(),
            ProcessorChain.Flow.APPEND)
        .fit(frame, days(0, DAYS));
    FeatureRows batch = fitted.infer(frame, days(0, DAYS));
    FeatureRows raw = empty().fit(frame, days(0, 1)).infer(frame, days(0, DAYS));
    List<Double> singly = new ArrayList<>();
    for (int row = 0; row < raw.count(); row++) {
      double[] one = new double[FEATURES];
      raw.copyRows(row, 1, one);
      double[] out = new double[FEATURES];
      if (fitted.infer(one, 1, out, new int[1]) == 1) {
        Arrays.stream(out).forEach(singly::add);
      }
    }

    assertThat(fitted.rowByRow()).isTrue();
    assertThat(EVERYTHING.fit(frame, days(0, 5)).rowByRow()).isFalse();
    assertThat(singly.stream().mapToDouble(Double::doubleValue))
        .containsExactly(Arrays.stream(features(batch)).boxed().toArray(Double[]::new));
  }

  @Test
  void whenAppended_thenLearningSeesWhatInferenceGives() {
    FeatureFrame frame = Tables.frame(2, INSTRUMENTS, DAYS, 3);
    List<Processor> infer = List.of(new Processor.Fillna(Columns.FEATURES, 1));
    List<Processor> learn = List.of(new Processor.MinMaxNorm(Columns.FEATURES));
    List<Processor> both = List.of(infer.get(0), learn.get(0));

    double[] appended =
        learnt(frame, new ProcessorChain(List.of(), infer, learn, ProcessorChain.Flow.APPEND));
    double[] independent =
        learnt(frame, new ProcessorChain(List.of(), infer, learn, ProcessorChain.Flow.INDEPENDENT));

    assertThat(appended)
        .containsExactly(learnt(
            frame, new ProcessorChain(List.of(), List.of(), both, ProcessorChain.Flow.APPEND)));
    assertThat(independent)
        .containsExactly(learnt(
            frame, new ProcessorChain(List.of(), List.of(), learn, ProcessorChain.Flow.APPEND)));
    assertThat(appended).isNotEqualTo(independent);
  }

  private static double[] learnt(FeatureFrame frame, ProcessorChain chain) {
    return features(chain.fit(frame, days(0, DAYS)).learn(frame, days(0, DAYS)));
  }

  @Test
  void whenAProcessorIsFitted_thenOnWhatTheOneBeforeGives() {
    FeatureFrame frame = Tables.frame(1, INSTRUMENTS, DAYS, 9);
    Processor norm = new Processor.ZScoreNorm(Columns.FEATURES);
    FeatureRows rows = new ProcessorChain(
            List.of(), List.of(norm, norm), List.of(), ProcessorChain.Flow.APPEND)
        .fit(frame, days(0, DAYS))
        .infer(frame, days(0, DAYS));
    FeatureRows once = new ProcessorChain(
            List.of(), List.of(norm), List.of(), ProcessorChain.Flow.APPEND)
        .fit(frame, days(0, DAYS))
        .infer(frame, days(0, DAYS));

    // What is normalised already is changed by rounding only.
    for (int row = 0; row < rows.count(); row++) {
      if (!Double.isNaN(once.feature(row, 0))) {
        assertThat(rows.feature(row, 0)).isCloseTo(once.feature(row, 0), within(1e-12));
      }
    }
  }

  @Test
  void whenAProcessorNeedsLabels_thenItIsRefusedBeforeLearning() {
    for (Processor processor : List.of(
        new Processor.DropnaLabel(),
        new Processor.DropnaProcessor(Columns.ALL),
        new Processor.DropnaProcessor(Columns.LABELS))) {
      assertThatThrownBy(() -> new ProcessorChain(
              List.of(), List.of(processor), List.of(), ProcessorChain.Flow.APPEND))
          .isInstanceOf(QilinException.class)
          .hasMessageContaining(processor.name())
          .hasMessageContaining("learning");
      assertThatThrownBy(() -> new ProcessorChain(
              List.of(processor), List.of(), List.of(), ProcessorChain.Flow.APPEND))
          .isInstanceOf(QilinException.class);
    }
  }

  @Test
  void whenAColumnIsMisspelt_thenTheNearestIsNamed() {
    assertThatThrownBy(() -> new ProcessorChain(
                List.of(new Processor.DropCol(List.of("LABEL1"))),
                List.of(),
                List.of(),
                ProcessorChain.Flow.APPEND)
            .fit(Tables.frame(2, 3, 4, 1), Tables.range(Tables.days(4), 0, 4)))
        .hasMessageContaining("'LABEL1'")
        .hasMessageContaining("did you mean 'LABEL0'");
  }

  @Test
  void whenTheFrameHasOtherFeatures_thenItIsRefused() {
    FeatureFrame frame = Tables.frame(FEATURES, INSTRUMENTS, DAYS, 1);
    FittedChain fitted = EVERYTHING.fit(frame, days(0, 5));

    assertThatThrownBy(() -> fitted.infer(Tables.frame(4, INSTRUMENTS, DAYS, 1), days(0, 5)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_MISMATCH))
        .hasMessageContaining("'F4'");
    assertThatThrownBy(() -> fitted.infer(new double[9], 2, new double[99], new int[2]))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_MISMATCH));
  }

  @Test
  void whenNoDayIsThere_thenTheTablesDaysAreNamed() {
    FeatureFrame frame = Tables.frame(FEATURES, INSTRUMENTS, DAYS, 1);
    DayRange before =
        new DayRange(frame.days().get(0).minusYears(1), frame.days().get(0).minusDays(1));

    assertThatThrownBy(() -> EVERYTHING.fit(frame, before))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_OUT_OF_RANGE))
        .hasMessageContaining(frame.days().get(0).toString());
  }

  @Test
  void whenCancelled_thenItStops() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();

    assertThatThrownBy(() ->
            EVERYTHING.fit(Tables.frame(FEATURES, INSTRUMENTS, DAYS, 1), days(0, 5), cancellation))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
  }

  @Property(tries = 6)
  void whenWrittenAndRead_thenItDoesTheSame(@ForAll long seed) {
    FeatureFrame frame = Tables.frame(FEATURES, INSTRUMENTS, DAYS, seed);
    FittedChain fitted = EVERYTHING.fit(frame, days(0, 10));

    FittedChain read = FittedChain.parse(fitted.toJson().getBytes(StandardCharsets.UTF_8));

    assertThat(read.toJson()).isEqualTo(fitted.toJson());
    assertThat(read.outputFeatures()).containsExactly("F0", "F2", "F3");
    assertThat(features(read.learn(frame, days(0, DAYS))))
        .containsExactly(features(fitted.learn(frame, days(0, DAYS))));
  }

  @Test
  void whenTheJsonIsDamaged_thenItIsRefusedOrMeansSomething() {
    FeatureFrame frame = Tables.frame(FEATURES, INSTRUMENTS, DAYS, 4);
    byte[] json = EVERYTHING.fit(frame, days(0, 10)).toJson().getBytes(StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(11);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] damaged = Mutation.of(json, random);
      try {
        FittedChain read = FittedChain.parse(damaged);
        assertThat(FittedChain.parse(read.toJson().getBytes(StandardCharsets.UTF_8)))
            .isEqualTo(read);
      } catch (QilinException e) {
        assertThat(e.code()).isIn(REFUSALS);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(250);
  }

  @Test
  void whenTheJsonHasMoreOrLess_thenThePlaceIsNamed() {
    FeatureFrame frame = Tables.frame(FEATURES, INSTRUMENTS, DAYS, 4);
    String json = EVERYTHING.fit(frame, days(0, 10)).toJson();

    assertRefused(json.replace("\"flow\": \"APPEND\"", "\"flow\": \"append\""), "flow");
    assertRefused(json.replace("\"fit_to\"", "\"fit_until\""), "fit_to");
    assertRefused(json.replace("\"shared\": [", "\"more\": 1, \"shared\": ["), "more");
    assertRefused(json.replaceFirst("\"centre\": \\[", "\"centre\": [1, "), "centre");
    assertRefused(json.replace("MinMaxNorm", "MaxNorm"), "MaxNorm");
    assertRefused(json.replace("\"F1\"", "\"F0\""), "F0");
  }

  private static void assertRefused(String json, String named) {
    assertThatThrownBy(() -> FittedChain.parse(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT))
        .hasMessageContaining(named);
  }
}
