package io.qilin.mlops.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  @Test
  void whenARangeIsNone_thenItIsRefused() {
    List<ThrowingCallable> calls = List.of(
        () -> Parameter.real("x", 1, 1),
        () -> Parameter.real("x", 2, 1),
        () -> Parameter.real("x", NAN, 1),
        () -> Parameter.real("x", 0, INFINITE),
        () -> Parameter.real("x", -1.7e308, 1.7e308),
        () -> Parameter.logReal("x", 0, 1),
        () -> Parameter.logReal("x", -1, 1),
        () -> Parameter.whole("x", 2, 1),
        () -> Parameter.whole("x", 0, Long.MAX_VALUE),
        () -> Parameter.logWhole("x", 0, 5),
        () -> Parameter.choice("x"),
        () -> Parameter.choice("x", "a", "a"),
        () -> Parameter.choice("x", "a\0"),
        () -> Parameter.real("", 0, 1),
        () -> Parameter.real("x y", 0, 1));
    calls.forEach(SearchSpaceTest::refused);
  }

  @Test
  void whenParametersDoNotFitTogether_thenTheSpaceIsRefused() {
    Parameter x = Parameter.real("x", 0, 1);
    Parameter c = Parameter.choice("c", "a", "b");
    List<ThrowingCallable> calls = List.of(
        SearchSpace::of,
        () -> SearchSpace.of(x, x),
        () -> SearchSpace.of(x.when("c", "a"), c),
        () -> SearchSpace.of(c, x.when("c", "z")),
        () -> SearchSpace.of(c, x.when("c")),
        () -> SearchSpace.of(x, Parameter.real("y", 0, 1).when("x", "a")));
    calls.forEach(SearchSpaceTest::refused);
    assertThat(SearchSpace.of(c, x.when("c", "a")).parameters()).hasSize(2);
  }

  @Test
  void whenSettingsAreOutOfRange_thenTheyAreRefused() {
    List<ThrowingCallable> calls = List.of(
        () -> StudySettings.of(Direction.MINIMIZE, 1).withBatch(0),
        () -> new Sampler.Tpe(0, 24, 1),
        () -> new Sampler.Tpe(1, 0, 1),
        () -> new Sampler.Tpe(1, 1, 0),
        () -> new Sampler.Tpe(1, 1, NAN),
        () -> new Pruner.Median(0, 0),
        () -> new Pruner.Median(1, -1),
        () -> new Pruner.SuccessiveHalving(0, 2),
        () -> new Pruner.SuccessiveHalving(1, 1),
        () -> TrialBudget.trials(0),
        () -> TrialBudget.trials(10_001),
        () -> new TrialBudget(1, Duration.ZERO),
        () -> new TrialBudget(1, Duration.ofSeconds(Long.MAX_VALUE)));
    calls.forEach(SearchSpaceTest::refused);
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }
}
