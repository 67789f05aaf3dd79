package io.qilin.spark;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.core.expression.ExpressionLimits;
import io.qilin.core.expression.FactorOperators;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import io.qilin.core.factor.FactorStage;
import io.qilin.core.factor.MissingData;
import io.qilin.core.factor.NumericMode;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkEnv;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag$;

/**
 * Factors on their way to the executors: as text, which each process that takes part reads and compiles once, as Spark keeps
 * one copy of a broadcast a process. Its tasks share the plan and its working memory. Safe to share.
 */
final class SentFactors implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String[] names;
  private final String[] expressions;
  private final NumericMode mode;
  private final MissingData missing;
  /** A lambda as Java serializes it, as tasks are; the serializer of data, which may be Kryo, need not know lambdas. */
  private final byte[] operators;

  private final int[] limits;
  private transient volatile @Nullable List<FactorStage> stages;

  SentFactors(FactorSet factors, SparkFactorSettings settings) {
    this.name = factors.name();
    this.names = factors.names().toArray(new String[0]);
    this.expressions = factors.factors().stream().map(Factor::expression).toArray(String[]::new);
    this.mode = settings.mode();
    this.missing = settings.missing();
    this.operators = Sparks.serialized(settings.operators(), "the operators");
    ExpressionLimits most = settings.limits();
    this.limits = new int[] {most.maxLength(), most.maxDepth(), most.maxNodes(), most.maxWindow()};
  }

  /** The whole plan. */
  FactorPlan plan() {
    List<Factor> factors = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      factors.add(new Factor(names[i], expressions[i]));
    }
    return FactorEngine.builder()
        .mode(mode)
        .missing(missing)
        .operators(operators())
        .limits(new ExpressionLimits(limits[0], limits[1], limits[2], limits[3]))
        .build()
        .plan(new FactorSet(name, factors));
  }

  private FactorOperators operators() {
    SparkFactorSettings.Operators made = SparkEnv.get()
        .closureSerializer()
        .newInstance()
        .deserialize(
            ByteBuffer.wrap(operators),
            Thread.currentThread().getContextClassLoader(),
            ClassTag$.MODULE$.apply(SparkFactorSettings.Operators.class));
    return Objects.requireNonNull(made.get(), "operators");
  }

  /** The plan cut where instruments meet. */
  List<FactorStage> stages() {
    List<FactorStage> made = stages;
    if (made == null) {
      synchronized (this) {
        made = stages;
        if (made == null) {
          made = plan().stages().stages();
          stages = made;
        }
      }
    }
    return made;
  }

  /** The plan of a stage over time. */
  FactorPlan series(int stage) {
    return ((FactorStage.TimeSeries) stages().get(stage)).plan();
  }

  /** The stage of that number, which compares instruments. */
  FactorStage.CrossSectional crossing(int stage) {
    return (FactorStage.CrossSectional) stages().get(stage);
  }
}
