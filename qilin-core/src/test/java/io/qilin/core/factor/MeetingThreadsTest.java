package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Panel;
import io.qilin.testkit.Panels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Operators that compare instruments, computed side by side by threads that share programs. */
class MeetingThreadsTest {
  private static final int ROUNDS = 60;

  /** Each label reads the future by other days, so that each must know for itself where instruments have rows. */
  @Test
  void whenLabelsOfManyHorizonsMeet_thenTheyAreThoseOfOneThread() {
    Panel panel = Panels.random(40, 90, 0.1, 8);
    List<Label> labels = new ArrayList<>();
    for (int ahead = 1; ahead <= 15; ahead++) {
      labels.add(new Label("r" + ahead, "CSRank(Ref($close, -" + ahead + "))"));
      labels.add(new Label("z" + ahead, "CSZScore(Ref($volume, -" + ahead + "))"));
    }
    LabelTable expected = FactorEngine.DEFAULT.labels(panel, labels);
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      FactorEngine engine = FactorEngine.builder().executor(executor).build();
      for (int round = 0; round < ROUNDS; round++) {
        same(engine.labels(panel, labels), expected);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void same(LabelTable got, LabelTable expected) {
    double[] values = new double[expected.symbols().size()];
    double[] others = new double[values.length];
    for (int label = 0; label < expected.names().size(); label++) {
      for (int day = 0; day < expected.days().size(); day++) {
        expected.crossSection(label, day, values);
        got.crossSection(label, day, others);
        assertThat(others).as("%s on day %d", expected.names().get(label), day).isEqualTo(values);
      }
    }
  }
}
