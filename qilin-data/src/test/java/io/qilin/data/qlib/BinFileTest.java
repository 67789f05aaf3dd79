package io.qilin.data.qlib;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.data.internal.Place;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of more days than are read at once when it is opened. */
class BinFileTest {
  private static final int FIRST = 7;
  private static final int DAYS = 40_000;

  @TempDir
  Path folder;

  private Path file;

  @BeforeEach
  void write() {
    float[] values = new float[DAYS + 1];
    values[0] = FIRST;
    for (int day = 0; day < DAYS; day++) {
      values[day + 1] = day % 11 == 3 ? Float.NaN : day + 0.1f;
    }
    file = folder.resolve("close.day.bin");
    QlibFiles.bin(file, values);
  }

  private BinFile open() {
    return BinFile.open(file, () -> Place.of(file), FIRST + DAYS, OptionalLong.empty());
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 4095", "0, 4096", "4094, 4095", "4095, 4096", "17, 40000", "39999, 40000"
  })
  void whenSomeDaysAreRead_thenTheirValues(int from, int to) {
    try (BinFile bin = open()) {
      double[] read = bin.read(FIRST + from, FIRST + to);
      double[] expected = new double[to - from];
      for (int day = from; day < to; day++) {
        expected[day - from] = day % 11 == 3 ? Double.NaN : day + 0.1f;
      }
      assertThat(Arrays.equals(read, expected)).isTrue();
    }
  }

  @Test
  void whenReadTwiceInAnyOrder_thenTheSame() {
    try (BinFile bin = open()) {
      double[] late = bin.read(FIRST + 30_000, FIRST + 30_005);
      double[] early = bin.read(FIRST + 5, FIRST + 9);
      assertThat(bin.read(FIRST + 30_000, FIRST + 30_005)).isEqualTo(late);
      assertThat(bin.read(FIRST + 5, FIRST + 9)).isEqualTo(early);
      assertThat(bin.ends(4)).containsExactly(0.1f, 39_998 + 0.1f);
    }
  }
}
