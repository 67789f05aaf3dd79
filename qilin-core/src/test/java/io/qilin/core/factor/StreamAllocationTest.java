package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.testkit.Panels;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A push reuses what it has, compiled or not, with holes or without. */
class StreamAllocationTest {
  private static final int WARM_UP = 300;
  private static final int PUSHES = 200;

  static Stream<FactorSet> sets() {
    return Stream.of(Alpha158.factors(), Alpha101.factors());
  }

  @ParameterizedTest
  @MethodSource("sets")
  void whenWarm_thenAPushAllocatesNothing(FactorSet set) {
    Panel panel = Panels.random(5, 64, 1);
    FactorPlan plan = FactorEngine.DEFAULT.plan(set);
    FactorStream stream = plan.stream(panel.symbols());
    CrossSection[] rows = new CrossSection[panel.days().size()];
    for (int day = 0; day < rows.length; day++) {
      rows[day] = row(stream, panel, day);
    }
    for (int push = 0; push < WARM_UP; push++) {
      stream.push(rows[push % rows.length]);
    }

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int push = 0; push < PUSHES; push++) {
      stream.push(rows[push % rows.length]);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    // Reading the counter itself may cost some bytes; the smallest object for each push would be
    // 16.
    assertThat(allocated).isLessThan(PUSHES * 8);
  }

  /** Every seventh value is not known. */
  private static CrossSection row(FactorStream stream, Panel panel, int day) {
    CrossSection row = stream.newRow();
    for (Field field : row.fields()) {
      for (int i = 0; i < row.size(); i++) {
        double value = panel.has(field) ? panel.value(field, i, day) : i + 1;
        row.set(field, i, (day + i) % 7 == 0 ? Double.NaN : value);
      }
    }
    return row;
  }
}
