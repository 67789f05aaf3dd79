package io.qilin.core.portfolio;

import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Made-up shares and covariances. */
final class Shares {
  private Shares() {}

  /** {@code 600000.SH}, {@code 600001.SH} and so on. */
  static List<Symbol> of(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Symbol.parse(String.format(Locale.ROOT, "%06d.SH", 600000 + i)))
        .toList();
  }

  static Covariance covariance(double[][] matrix) {
    return Covariance.of(of(matrix.length), matrix);
  }

  /** That of some factors with own risk of {@code own}; singular for 0 and fewer factors. */
  static Covariance random(int shares, int factors, double own, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] loads = new double[shares][factors];
    for (double[] row : loads) {
      for (int f = 0; f < factors; f++) {
        row[f] = 0.02 * (random.nextDouble() - (f == 0 ? 0 : 0.5));
      }
    }
    double[][] out = new double[shares][shares];
    for (int i = 0; i < shares; i++) {
      for (int j = 0; j <= i; j++) {
        for (int f = 0; f < factors; f++) {
          out[i][j] += loads[i][f] * loads[j][f];
        }
        out[j][i] = out[i][j];
      }
      out[i][i] += own * (0.5 + random.nextDouble());
    }
    return covariance(out);
  }
}
