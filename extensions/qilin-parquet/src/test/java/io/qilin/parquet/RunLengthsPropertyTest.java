package io.qilin.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RunLengthsPropertyTest {
  @Property(tries = 300)
  void whenWritten_thenTheSameNumbersComeBack(
      @ForAll @IntRange(max = 32) int width,
      @ForAll @IntRange(max = 300) int count,
      @ForAll @IntRange(min = 1, max = 30) int longestRun,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] values = new int[count];
    for (int at = 0; at < count; ) {
      int value = (int) (random.nextLong() & ((1L << width) - 1));
      for (int run = random.nextInt(1, longestRun + 1); run > 0 && at < count; run--) {
        values[at++] = value;
      }
    }
    ByteOutput out = new ByteOutput();
    RunLengthOutput.write(values, count, width, out);
    int[] back = new int[count];
    Bytes in = new Bytes(out.array(), 0, out.size(), Place.of(Path.of("t")));
    RunLengths runs = new RunLengths(in, width);
    boolean repeats = count > 0 && runs.repeats(values[0], count);
    runs.read(back, 0, count);
    assertThat(back).isEqualTo(values);
    if (repeats) {
      assertThat(values).containsOnly(values[0]);
    }
    assertThat(in.remaining()).isZero();
  }

  @Test
  void whenOneRun_thenItIsToldWithoutReadingIt() {
    int[] ones = new int[1000];
    Arrays.fill(ones, 1);
    ByteOutput out = new ByteOutput();
    RunLengthOutput.write(ones, ones.length, 1, out);
    Place place = Place.of(Path.of("t"));
    RunLengths runs = new RunLengths(new Bytes(out.array(), 0, out.size(), place), 1);
    assertThat(runs.repeats(1, 1000)).isTrue();
    assertThat(runs.repeats(0, 1000)).isFalse();
    assertThat(runs.repeats(1, 1001)).isFalse();
  }
}
