package io.qilin.spark;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.data.quality.table.TableReport;
import io.qilin.data.quality.table.TableRules;
import java.time.Clock;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The program of the README. */
final class SparkExample {
  private SparkExample() {}

  /** Rows of two factors, or none if the bars are bad. */
  static long run(Dataset<Row> bars, Clock clock) {
    TableRules rules = TableRules.parse("critical unique instrument,day\ncomplete close 0.9\n");
    TableReport report = SparkQuality.judge(bars, rules, clock);
    if (!report.passed()) {
      return 0;
    }
    FactorSet set = FactorSet.of(
        "mine",
        new Factor("momentum", "$close/Ref($close,20)-1"),
        new Factor("rank", "CSRank(Mean($volume,5))"));
    Dataset<Row> factors = SparkFactors.compute(bars, set); // instrument, day, momentum, rank
    return SparkJobs.call(() -> factors.filter("rank > 0.5").count());
  }
}
