package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorEngine;
import io.qilin.data.demo.SplitMixPanel;
import io.qilin.testkit.fault.KilledChild;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark with Kryo for what moves. Kryo itself needs flags of the JVM, which Spark's launcher sets, so that it has a JVM of its own. */
class KryoTest {
  /** Computes and compares. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      SparkSession session = Sessions.quiet("local[2,3]")
          .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
          .config("spark.kryoserializer.buffer.max", "1m")
          .getOrCreate();
      Panel panel = SplitMixPanel.wide(60, 3000, 0.02);
      FactorSet factors =
          FactorSet.of("set", new Factor("f", "CSRank(Mean(CSDemean($close/$open), 5))"));
      Dataset<Row> result = SparkFactors.compute(BarRows.of(session, panel, 1), factors);
      long known = Sameness.check(result, FactorEngine.DEFAULT.compute(panel, factors), panel);
      System.out.println(KilledChild.ACK + known);
      session.stop();
    }
  }

  @Test
  void whenSparkUsesKryo_thenTheBitsAreTheLocalOnes(@TempDir Path folder) {
    assertThat(KilledChild.of(Child.class, folder)
            .through(
                "env",
                "_JAVA_OPTIONS=-Xmx1g",
                "JDK_JAVA_OPTIONS=" + JavaModuleOptions.defaultModuleOptions())
            .ended())
        .singleElement()
        .satisfies(line -> assertThat(Long.parseLong(line.substring(KilledChild.ACK.length())))
            .isGreaterThan(100_000));
  }

  @Test
  void whenKryoTakesRegisteredClassesOnly_thenItIsRefused() {
    SparkConf settings = new SparkConf(false).set("spark.kryo.registrationRequired", "true");

    assertThatThrownBy(() -> FactorRun.requireUnregistered(settings))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessageContaining("unset spark.kryo.registrationRequired");
  }
}
