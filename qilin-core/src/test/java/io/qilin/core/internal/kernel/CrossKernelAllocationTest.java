package io.qilin.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CrossKernelAllocationTest {
  private static final int WIDTH = 1500;
  private static final int CALLS = 200;

  @Test
  void whenWarm_thenTheKernelsAllocateNothing() {
    RandomRow rows = new RandomRow(new SplittableRandom(1));
    double[] x = rows.finite(WIDTH);
    double[] g = rows.of(WIDTH);
    double[][] e = {rows.finite(WIDTH), rows.of(WIDTH)};
    double[] out = new double[WIDTH];
    CrossRank rank = new CrossRank(WIDTH);
    CrossClip clip = new CrossClip(WIDTH);
    CrossRegression regression = new CrossRegression(WIDTH, 2);
    PowerRow powers = new PowerRow();
    Runnable all = () -> {
      powers.compute(x, e[0], out, WIDTH);
      rank.rank(x, out, WIDTH);
      rank.bucket(x, 10, out, WIDTH);
      CrossMoments.zscore(x, out, WIDTH);
      CrossMoments.demean(x, out, WIDTH);
      CrossMoments.scale(x, 1, out, WIDTH);
      clip.winsorize(x, 0.05, out, WIDTH);
      clip.clip(x, 3, out, WIDTH);
      regression.neutralize(x, g, e, out, WIDTH);
      regression.residual(x, e, out, WIDTH);
    };
    all.run();

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < CALLS; i++) {
      all.run();
    }
    long allocated = threads.getThreadAllocatedBytes(thread) - before;

    // Reading the counter itself may cost some bytes; one row would be 12,000 for each call.
    assertThat(allocated).isLessThan(CALLS * 8);
  }
}
