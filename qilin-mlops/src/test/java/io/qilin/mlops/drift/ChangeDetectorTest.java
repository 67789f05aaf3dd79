package io.qilin.mlops.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class ChangeDetectorTest {
  /** The stream of River's documentation: random.Random(12345), choices of 0 and 1, then of 4 to 7. */
  private static double[] example() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ChangeDetectorTest.class.getResourceAsStream("river-example.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .chars()
          .filter(Character::isDigit)
          .mapToDouble(digit -> digit - '0')
          .toArray();
    }
  }

  private static List<Integer> changes(ChangeDetector detector, double[] stream) {
    List<Integer> changes = new ArrayList<>();
    for (int i = 0; i < stream.length; i++) {
      if (detector.add(stream[i])) {
        changes.add(i);
      }
    }
    return changes;
  }

  /** River prints "Change detected at index 1023, input value: 4". */
  @Test
  void whenAdwinSeesRiversExample_thenTheFirstChangeIsWhereRiverSeesIt() throws IOException {
    Adwin adwin = new Adwin(0.002, 0, 7);
    List<Integer> changes = changes(adwin, example());
    assertThat(changes.get(0)).isEqualTo(1023);
    assertThat(adwin.mean()).isCloseTo(5.5, within(0.1));
    assertThat(adwin.width()).isBetween(900L, 1_010L);
    assertThat(adwin.changes()).isEqualTo(changes.size());
  }

  /** River prints "Change detected at index 1006, input value: 5" and nothing else. */
  @Test
  void whenPageHinkleySeesRiversExample_thenItSeesWhatRiverSees() throws IOException {
    assertThat(changes(new PageHinkley(), example())).containsExactly(1006);
  }

  @Test
  void whenTheMeanStands_thenTheWindowGrowsInBoundedMemory() {
    Adwin adwin = new Adwin();
    SplittableRandom chance = new SplittableRandom(2);
    int alarms = 0;
    for (int i = 0; i < 50_000; i++) {
      alarms += adwin.add(chance.nextDouble() < 0.4 ? 1 : 0) ? 1 : 0;
    }
    assertThat(alarms).isZero();
    assertThat(adwin.width()).isEqualTo(50_000);
    assertThat(adwin.mean()).isCloseTo(0.4, within(0.01));
  }

  @Test
  void whenTheLossRises_thenBothShowIt() {
    SplittableRandom chance = new SplittableRandom(4);
    Adwin adwin = new Adwin();
    PageHinkley page = new PageHinkley(0.02, 20, 1, 30);
    double[] stream = new double[4_000];
    for (int i = 0; i < stream.length; i++) {
      stream[i] = chance.nextDouble() < (i < 2_000 ? 0.3 : 0.5) ? 1 : 0;
    }
    assertThat(changes(adwin, stream).get(0)).isBetween(2_000, 2_400);
    assertThat(changes(page, stream).get(0)).isBetween(2_000, 2_400);
  }

  @Test
  void whenAFigureIsOutOfRange_thenItIsRefusedAndNothingChanges() {
    Adwin adwin = new Adwin();
    adwin.add(0.5);
    assertThatThrownBy(() -> adwin.add(1.5)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> adwin.add(Double.NaN)).isInstanceOf(QilinException.class);
    assertThat(adwin.width()).isEqualTo(1);
    PageHinkley page = new PageHinkley();
    assertThat(page.mean()).isNaN();
    assertThatThrownBy(() -> page.add(Double.POSITIVE_INFINITY)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new Adwin(0, 0, 1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new Adwin(0.1, 1, 1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new PageHinkley(0, 0, 1, 1)).isInstanceOf(QilinException.class);
  }

  /** The share of streams of 10,000 independent figures with a false alarm, and the delay of a true one. */
  static String rates(int runs) {
    SplittableRandom chance = new SplittableRandom(6);
    int[] alarms = new int[3];
    int[] found = new int[3];
    double[] delay = new double[3];
    for (int run = 0; run < runs; run++) {
      ChangeDetector[] detectors = {
        new Adwin(), new Adwin(0.0001, 0, 1), new PageHinkley(0.02, 30, 1, 30)
      };
      boolean[] early = new boolean[3];
      boolean[] seen = new boolean[3];
      for (int i = 0; i < 12_000; i++) {
        double value = chance.nextDouble() < (i < 10_000 ? 0.45 : 0.55) ? 1 : 0;
        for (int d = 0; d < 3; d++) {
          if (detectors[d].add(value)) {
            early[d] |= i < 10_000;
            if (i >= 10_000 && !seen[d]) {
              seen[d] = true;
              found[d]++;
              delay[d] += i - 10_000;
            }
          }
        }
      }
      for (int d = 0; d < 3; d++) {
        alarms[d] += early[d] ? 1 : 0;
      }
    }
    String[] names = {"ADWIN 0.002", "ADWIN 0.0001", "Page-Hinkley 0.02/30"};
    StringBuilder report = new StringBuilder();
    for (int d = 0; d < 3; d++) {
      report
          .append(names[d])
          .append(": false ")
          .append(alarms[d] / (double) runs)
          .append(", found ")
          .append(found[d] / (double) runs)
          .append(", delay ")
          .append(Math.round(delay[d] / Math.max(1, found[d])))
          .append('\n');
    }
    return report.toString();
  }

  @Test
  @EnabledIfSystemProperty(named = "qilin.mlops.runs", matches = "[0-9]+")
  void whenManyStreamsAreWatched_thenTheRatesAreReported() {
    String report = rates(Integer.getInteger("qilin.mlops.runs") / 10);
    System.out.println(report);
    assertThat(report).contains("false 0");
  }
}
