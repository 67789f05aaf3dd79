package io.qilin.core.performance.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.performance.SomeReturns;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PurgedFoldsTest {
  private final List<LocalDate> nine = SomeReturns.days(9);

  @Test
  void whenTheMiddleIsTheTest_thenBothSidesArePurgedAndTheLaterEmbargoed() {
    Split middle = PurgedFolds.of(3, 1, 1).splits(nine).get(1);

    assertThat(middle.test()).isEqualTo(nine.subList(3, 6));
    assertThat(middle.train()).containsExactly(nine.get(0), nine.get(1), nine.get(8));
  }

  @Test
  void whenCombinatorial_thenEveryChoiceOnce() {
    PurgedFolds folds = PurgedFolds.combinatorial(6, 2, 0, 0);

    List<Split> splits = folds.splits(SomeReturns.days(60));

    assertThat(folds.count()).isEqualTo(15);
    assertThat(folds.paths()).as("the book's example of 6 groups and 2 tests").isEqualTo(5);
    assertThat(splits).hasSize(15);
    assertThat(splits.stream().map(Split::test).distinct()).hasSize(15);
    assertThat(splits).allSatisfy(split -> assertThat(split.train()).hasSize(40));
  }

  @Property
  void whenLabelsReadAhead_thenTrainingAndTestReadNoDayOfTheOther(
      @ForAll @IntRange(min = 2, max = 7) int groups,
      @ForAll @IntRange(min = 0, max = 4) int purge,
      @ForAll @IntRange(min = 0, max = 4) int embargo) {
    List<LocalDate> days = SomeReturns.days(140);
    Set<LocalDate> tested = new HashSet<>();

    for (Split split : PurgedFolds.of(groups, purge, embargo).splits(days)) {
      Set<LocalDate> test = new HashSet<>(split.test());
      Set<LocalDate> train = new HashSet<>(split.train());
      for (int ahead = 0; ahead <= purge; ahead++) {
        int by = ahead;
        assertThat(split.train()).noneMatch(day -> test.contains(day.plusDays(by)));
        assertThat(split.test()).noneMatch(day -> train.contains(day.plusDays(by)));
      }
      LocalDate last = split.test().get(split.test().size() - 1);
      for (int after = 1; after <= purge + embargo; after++) {
        assertThat(train).doesNotContain(last.plusDays(after));
      }
      tested.addAll(test);
    }
    assertThat(tested).hasSize(140);
  }

  @Test
  void whenImpossible_thenRefused() {
    assertThatThrownBy(() -> PurgedFolds.of(1, 0, 0)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> PurgedFolds.combinatorial(4, 4, 0, 0))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> PurgedFolds.of(4, -1, 0)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> PurgedFolds.of(10, 0, 0).splits(nine))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("9 days are too few");
    assertThatThrownBy(() -> PurgedFolds.of(3, 5, 0).splits(nine))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("needs both");
    assertThatThrownBy(() -> PurgedFolds.combinatorial(60, 30, 0, 0))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
  }
}
