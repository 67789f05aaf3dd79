package io.qilin.core.performance.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.core.performance.SomeReturns;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WalkForwardTest {
  private final List<LocalDate> ten = SomeReturns.days(10);

  @Test
  void whenRolling_thenTheTrainingMovesWithTheTest() {
    List<Split> splits = WalkForward.rolling(5, 2).withPurge(1).withEmbargo(1).splits(ten);

    assertThat(splits)
        .containsExactly(
            new Split(0, ten.subList(0, 3), ten.subList(5, 7)),
            new Split(1, ten.subList(2, 5), ten.subList(7, 9)),
            new Split(2, ten.subList(4, 7), ten.subList(9, 10)));
    assertThat(splits.get(0))
        .hasToString("Split 0: 3 days to 2024-01-03, test 2 days from 2024-01-06 to 2024-01-07");
  }

  @Test
  void whenExpanding_thenTheTrainingBeginsAtTheStart() {
    assertThat(WalkForward.expanding(5, 3).withPurge(2).splits(ten))
        .containsExactly(
            new Split(0, ten.subList(0, 3), ten.subList(5, 8)),
            new Split(1, ten.subList(0, 6), ten.subList(8, 10)));
  }

  @Property
  void whenALabelReadsAhead_thenItReadsNoDayOfTheTest(
      @ForAll @IntRange(min = 8, max = 30) int train,
      @ForAll @IntRange(min = 1, max = 20) int test,
      @ForAll @IntRange(min = 0, max = 6) int purge,
      @ForAll boolean expanding) {
    List<LocalDate> days = SomeReturns.days(100);

    List<Split> splits = new WalkForward(train, test, expanding, purge, 1).splits(days);

    assertThat(splits.stream().flatMap(split -> split.test().stream()))
        .as("every day after the first training is a test once")
        .containsExactlyElementsOf(days.subList(train, 100));
    for (Split split : splits) {
      LocalDate read = split.train().get(split.train().size() - 1).plusDays(purge);
      assertThat(read).isBefore(split.test().get(0));
    }
  }

  @Test
  void whenNothingIsLeft_thenRefused() {
    assertThatThrownBy(() -> WalkForward.rolling(3, 2).withPurge(3))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("leave nothing of 3 days");
    assertThatThrownBy(() -> WalkForward.rolling(3, 0)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> WalkForward.rolling(3, 1).withPurge(-1))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> WalkForward.rolling(10, 1).splits(ten))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("10 days are too few");
  }

  @Test
  void whenADayIsInBoth_thenRefused() {
    assertThatThrownBy(() -> new Split(0, ten.subList(0, 5), ten.subList(4, 6)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("2024-01-05");
    assertThatThrownBy(() -> new Split(0, List.of(), ten)).isInstanceOf(QilinException.class);
  }
}
