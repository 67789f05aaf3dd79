package io.qilin.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RowHeapTest {
  @Property(tries = 300)
  void whenSorted_thenInOrderAndEntriesWentWithTheirValues(
      @ForAll long seed, @ForAll @IntRange(max = 60) int n, @ForAll boolean ties) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[n + 1];
    Arrays.setAll(values, i -> ties ? random.nextInt(5) : random.nextDouble());
    double[] expected = values.clone();
    Arrays.sort(expected, 0, n);
    double[] given = values.clone();
    long[] entries = new long[n + 1];
    Arrays.setAll(entries, i -> i);

    RowHeap.sort(values, entries, n);

    assertThat(values).containsExactly(expected);
    assertThat(entries[n]).isEqualTo(n);
    assertThat(entries).doesNotHaveDuplicates();
    for (int i = 0; i < n; i++) {
      assertThat(values[i]).isEqualTo(given[(int) entries[i]]);
    }
  }
}
