package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ValueHistoryTest {
  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  @Property(tries = 50)
  void whenValuesComeAndGo_thenMedianAndDeviationAreThoseOfAPlainSort(
      @ForAll @IntRange(min = 4, max = 40) int length, @ForAll long seed) {
    Random random = new Random(seed);
    ValueHistory history = new ValueHistory(length);
    ArrayDeque<Double> last = new ArrayDeque<>();
    for (int i = 0; i < 100; i++) {
      double value = random.nextInt(3) == 0 ? random.nextInt(4) : random.nextGaussian();
      history.add(value);
      last.add(value);
      if (last.size() > length) {
        last.remove();
      }
      double[] values = last.stream().mapToDouble(d -> d).toArray();
      double median = median(values);
      assertThat(history.size()).isEqualTo(values.length);
      assertThat(history.median()).isEqualTo(median);
      assertThat(history.deviation(median))
          .isEqualTo(median(Arrays.stream(values).map(v -> Math.abs(v - median)).toArray()));
    }
  }
}
