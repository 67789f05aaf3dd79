package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The fast sort against the plain one, on the kinds of values that such sorts get wrong. */
class CrossOrderTest {
  private static final int MOST = 3_000;

  private final CrossOrder sorting = new CrossOrder(MOST);

  @Property(tries = 300)
  void whenSorted_thenAsAPlainStableSort(
      @ForAll @IntRange(min = 1, max = MOST) int size,
      @ForAll @IntRange(max = 7) int kind,
      @ForAll long seed) {
    double[] values = values(size, kind, new Random(seed));
    int[] order = new int[size];
    boolean[] tied = new boolean[size];

    int count = sorting.sort(values, order, tied);

    int[] expected = IntStream.range(0, size)
        .filter(i -> Double.isFinite(values[i]))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i] + 0.0))
        .mapToInt(i -> i)
        .toArray();
    assertThat(Arrays.copyOf(order, count)).isEqualTo(expected);
    for (int k = 0; k < count; k++) {
      assertThat(tied[k]).isEqualTo(k > 0 && values[order[k]] == values[order[k - 1]]);
    }
  }

  @Property(tries = 100)
  void whenRanked_thenAsCountedOneByOne(
      @ForAll @IntRange(min = 1, max = 200) int size,
      @ForAll @IntRange(max = 7) int kind,
      @ForAll long seed) {
    Random random = new Random(seed);
    double[] values = values(size, kind, random);
    boolean[] keep = new boolean[size];
    int kept = 0;
    for (int i = 0; i < size; i++) {
      keep[i] = Double.isFinite(values[i]) && random.nextInt(4) > 0;
      kept += keep[i] ? 1 : 0;
    }
    int[] order = new int[size];
    boolean[] tied = new boolean[size];
    int[] ranks = new int[size];

    int count = sorting.sort(values, order, tied);
    long squares = CentredRanks.of(order, tied, count, keep, kept, ranks);

    long expectedSquares = 0;
    for (int i = 0; i < size; i++) {
      int below = 0;
      int equal = 0;
      for (int j = 0; j < size; j++) {
        below += keep[j] && values[j] < values[i] ? 1 : 0;
        equal += keep[j] && values[j] == values[i] ? 1 : 0;
      }
      if (keep[i]) {
        int expected = 2 * below + equal + 1 - (kept + 1);
        assertThat(ranks[i]).isEqualTo(expected);
        expectedSquares += (long) expected * expected;
      }
    }
    assertThat(squares).isEqualTo(expectedSquares);
  }

  private static double[] values(int size, int kind, Random random) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = switch (kind) {
        case 0 -> random.nextGaussian();
        case 1 -> random.nextInt(9) - 4;
        case 2 -> 1 + random.nextInt(100_000) * Math.ulp(1.0);
        case 3 -> Double.longBitsToDouble(random.nextLong());
        case 4 -> random.nextBoolean() ? 0.0 : -0.0;
        case 5 -> i == 0 ? 1e300 : 1 + random.nextInt(1_000) * Math.ulp(1.0);
        case 6 -> random.nextInt(3) == 0 ? Double.NaN : random.nextGaussian() * 1e-310;
        default -> random.nextInt(5) == 0 ? Double.NEGATIVE_INFINITY : -i;
      };
    }
    return values;
  }
}
