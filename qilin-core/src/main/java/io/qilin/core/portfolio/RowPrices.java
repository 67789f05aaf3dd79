package io.qilin.core.portfolio;

import io.qilin.core.portfolio.QuadraticProgram.Row;
import java.util.List;
import java.util.Optional;

/** The prices y of rows A for which A·H⁻¹·A'·y is a wanted change, H being factored. */
final class RowPrices {
  private final Cholesky factored;

  private RowPrices(Cholesky factored) {
    this.factored = factored;
  }

  /** Empty if the rows depend on one another. */
  static Optional<RowPrices> of(Cholesky matrix, List<Row> rows) {
    int m = rows.size();
    double[] product = new double[m * m];
    for (int a = 0; a < m; a++) {
      double[] solved = matrix.solve(rows.get(a).factors);
      for (int b = 0; b < m; b++) {
        product[a * m + b] = Vectors.dot(rows.get(b).factors, solved);
      }
    }
    return Cholesky.of(product, m).map(RowPrices::new);
  }

  double[] solve(double[] wanted) {
    return factored.solve(wanted);
  }
}
