package io.qilin.mlops.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.model.Page;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunCondition;
import io.qilin.api.model.RunCondition.Comparison;
import io.qilin.api.model.RunCondition.OfMetric;
import io.qilin.api.model.RunCondition.OfStart;
import io.qilin.api.model.RunCondition.OfText;
import io.qilin.api.model.RunCondition.Subject;
import io.qilin.api.model.RunOrder;
import io.qilin.api.model.RunQuery;
import io.qilin.api.model.RunStart;
import io.qilin.api.model.RunStatus;
import io.qilin.mlops.store.StoreKind;
import io.qilin.mlops.store.TestStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way of searching against a plain loop over all runs. */
class RunSearchTest {
  private static final Instant START = Instant.parse("2024-01-02T07:00:00Z");
  private static final int RUNS = 30;
  private static final int QUERIES = 20;
  private static final List<String> VALUES =
      List.of("a", "b", "c".repeat(300), "c".repeat(300) + "d");
  private static final List<Double> NUMBERS =
      List.of(-1.0, 0.0, 0.5, 2.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

  private final Random random = new Random(7);
  private final List<Run> runs = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  @TempDir
  Path folder;

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void fill(EmbeddedTracker tracker, List<String> experiments) {
    for (int i = 0; i < RUNS; i++) {
      RunStart.Builder start = RunStart.in(any(experiments))
          .name("run " + i % 5)
          .owner(any(List.of("", "x", "y")))
          .started(START.plusMillis(random.nextInt(10)));
      Run run = tracker.startRun(start.build());
      RunBatch.Builder batch = RunBatch.builder();
      for (String key : List.of("m", "n")) {
        if (random.nextInt(4) > 0) {
          batch.metric(key, any(NUMBERS), 1, START);
        }
        if (random.nextInt(4) > 0) {
          batch.param(key, any(VALUES)).tag(key, any(VALUES));
        }
      }
      tracker.log(run.id(), batch.build());
      if (random.nextInt(3) == 0) {
        tracker.endRun(run.id(), any(List.of(RunStatus.FAILED, RunStatus.FINISHED)), START);
      }
      if (random.nextInt(5) == 0) {
        tracker.deleteRun(run.id());
      }
      runs.add(tracker.run(run.id()));
      numbers.put(run.id(), i);
    }
  }

  private RunCondition condition() {
    String key = any(List.of("m", "n"));
    return switch (random.nextInt(4)) {
      case 0 ->
        RunCondition.metric(
            key,
            any(List.of(Comparison.values())),
            any(List.of(0.0, 0.5, Double.POSITIVE_INFINITY)));
      case 1 -> RunCondition.started(START.plusMillis(random.nextInt(5)), START.plusMillis(8));
      default -> text(key);
    };
  }

  private RunCondition text(String key) {
    Subject subject =
        any(List.of(Subject.PARAM, Subject.TAG, Subject.STATUS, Subject.OWNER, Subject.NAME));
    boolean keyed = subject == Subject.PARAM || subject == Subject.TAG;
    String value = switch (subject) {
      case STATUS -> "RUNNING";
      case OWNER -> "x";
      case NAME -> "run 1";
      default -> any(VALUES);
    };
    return new OfText(subject, keyed ? key : "", random.nextInt(3) > 0, value);
  }

  private static boolean meets(Run run, RunCondition condition) {
    return condition.fold(
        metric -> meets(run, metric), text -> meets(run, text), start -> meets(run, start));
  }

  private static boolean meets(Run run, OfMetric metric) {
    double value = run.metric(metric.key());
    return switch (metric.comparison()) {
      case ABOVE -> value > metric.value();
      case AT_LEAST -> value >= metric.value();
      case BELOW -> value < metric.value();
      case AT_MOST -> value <= metric.value();
      case EQUAL -> value == metric.value();
      case NOT_EQUAL -> !Double.isNaN(value) && value != metric.value();
    };
  }

  private static boolean meets(Run run, OfText text) {
    String value = switch (text.subject()) {
      case PARAM -> run.params().getOrDefault(text.key(), "");
      case TAG -> run.tags().getOrDefault(text.key(), "");
      case STATUS -> run.status().name();
      case OWNER -> run.owner();
      case NAME -> run.name();
      case PARENT -> run.parent().orElse("");
    };
    return !value.isEmpty() && value.equals(text.value()) == text.equal();
  }

  private static boolean meets(Run run, OfStart start) {
    return !run.started().isBefore(start.from()) && run.started().isBefore(start.to());
  }

  private List<Integer> expected(RunQuery query) {
    Comparator<Run> order = Comparator.<Run>comparingDouble(
            run -> query.order().metric().map(run::metric).orElse((double)
                run.started().toEpochMilli()))
        .thenComparing(run -> numbers.get(run.id()));
    Comparator<Run> rest =
        Comparator.comparing(Run::started).thenComparing(run -> numbers.get(run.id()));
    List<Run> known = new ArrayList<>();
    List<Run> unknown = new ArrayList<>();
    for (Run run : runs) {
      if (query.experiments().contains(run.experiment())
          && run.deleted() == (query.view() == RunQuery.View.DELETED)
          && query.conditions().stream().allMatch(condition -> meets(run, condition))) {
        boolean there =
            query.order().metric().map(key -> !Double.isNaN(run.metric(key))).orElse(true);
        (there ? known : unknown).add(run);
      }
    }
    known.sort(query.order().descending() ? order.reversed() : order);
    unknown.sort(query.order().descending() ? rest.reversed() : rest);
    known.addAll(unknown);
    return known.stream().map(run -> numbers.get(run.id())).toList();
  }

  private List<Integer> found(TestStore store, RunQuery query, int fewest, int window) {
    List<Integer> found = new ArrayList<>();
    RunQuery at = query;
    for (; ; ) {
      RunQuery asked = at;
      Page<Run> page =
          store.database().read(connection -> RunSearch.run(connection, asked, fewest, window));
      page.items().forEach(run -> {
        assertThat(run).isEqualTo(runs.get(numbers.get(run.id())));
        found.add(numbers.get(run.id()));
      });
      if (page.next().isEmpty()) {
        return found;
      }
      at = query.after(page.next().get());
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenRunsAreSearchedInAnyWay_thenItIsAsIfAllWereLookedAt(StoreKind kind) {
    try (TestStore store = kind.open(folder)) {
      EmbeddedTracker tracker = TrackerFixture.tracker(store.database(), folder, 7);
      List<String> experiments =
          List.of(tracker.experiment("one").id(), tracker.experiment("two").id());
      fill(tracker, experiments);
      int hits = 0;
      for (int i = 0; i < QUERIES; i++) {
        RunQuery.Builder builder = RunQuery.in(
                random.nextBoolean() ? experiments : experiments.subList(0, 1))
            .size(any(List.of(1, 3, 100)))
            .view(random.nextInt(5) == 0 ? RunQuery.View.DELETED : RunQuery.View.ACTIVE)
            .order(any(List.of(
                RunOrder.NEWEST, RunOrder.OLDEST, RunOrder.greatest("m"), RunOrder.least("n"))));
        for (int conditions = random.nextInt(4); conditions > 0; conditions--) {
          builder.where(condition());
        }
        RunQuery query = builder.build();
        List<Integer> expected = expected(query);
        hits += expected.size();
        int fewest = any(List.of(1, 4, 1_000));
        int window = any(List.of(1, 3, 2_000));
        assertThat(found(store, query, fewest, window))
            .as("%s, few %d, window %d", query, fewest, window)
            .isEqualTo(expected);
      }
      assertThat(hits).isGreaterThan(QUERIES / 2);
    }
  }
}
