package io.qilin.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.model.MetricPoint;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is logged in whatever order comes back, though MLflow keeps equal points once and has an order of its own. */
class MetricHistoryPropertyTest {
  private static Fixture fixture;

  @BeforeContainer
  static void open() {
    fixture = new Fixture();
  }

  @AfterContainer
  static void close() {
    fixture.close();
  }

  /** Few steps and moments, so that most meet. */
  @Provide
  Arbitrary<List<List<MetricPoint>>> batches() {
    Arbitrary<Double> values = Arbitraries.of(
        1.0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        1e308,
        0.1 + 0.2);
    Arbitrary<MetricPoint> points = Combinators.combine(
            Arbitraries.of("ic", "valid/损失"),
            values,
            Arbitraries.oneOf(Arbitraries.longs().between(0, 3), Arbitraries.of(Long.MAX_VALUE)),
            Arbitraries.longs().between(0, 3))
        .as((key, value, step, millis) ->
            new MetricPoint(key, value, step, Instant.ofEpochMilli(millis)));
    return points.list().ofMinSize(1).ofMaxSize(12).list().ofMinSize(1).ofMaxSize(5);
  }

  @Property(tries = 40)
  void whenPointsAreLogged_thenTheirHistoryIsAsLogged(
      @ForAll("batches") List<List<MetricPoint>> batches) {
    MlflowTracker tracker = fixture.tracker;
    Run run = tracker.startRun(RunStart.in(tracker.experiment("law").id()).build());
    List<MetricPoint> logged = new ArrayList<>();
    for (List<MetricPoint> batch : batches) {
      tracker.log(run.id(), new RunBatch(Map.of(), batch, Map.of()));
      logged.addAll(batch);
    }
    logged.sort(Comparator.comparingLong(MetricPoint::step));
    Run now = tracker.run(run.id());
    for (String key : List.of("ic", "valid/损失")) {
      List<MetricPoint> expected =
          logged.stream().filter(point -> point.key().equals(key)).toList();
      assertThat(Pages.history(tracker, run.id(), key)).isEqualTo(expected);
      if (!expected.isEmpty()) {
        assertThat(now.metrics()).containsEntry(key, expected.get(expected.size() - 1));
      }
    }
    assertThat(now.metrics().keySet()).isSubsetOf("ic", "valid/损失");
  }
}
