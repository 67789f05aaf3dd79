package io.qilin.core.expression;

import io.qilin.api.factor.FactorOperator;
import io.qilin.testkit.FactorOperatorTck;
import java.util.List;

class RangeTckTest extends FactorOperatorTck {
  @Override
  protected FactorOperator operator() {
    return new Range();
  }

  @Override
  protected List<double[]> goodParameters() {
    return List.of(new double[] {1, 0}, new double[] {5, 2});
  }

  @Override
  protected List<double[]> badParameters() {
    return List.of(new double[] {0, 0}, new double[] {5, -1});
  }
}
