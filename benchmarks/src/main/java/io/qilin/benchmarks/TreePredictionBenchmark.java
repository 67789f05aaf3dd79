package io.qilin.benchmarks;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Predictor;
import io.qilin.mlops.dataset.TrainingData;
import io.qilin.mlops.training.LightGbmTrainer;
import io.qilin.mlops.training.LinearModel;
import io.qilin.mlops.training.TrainedModel;
import io.qilin.mlops.training.TrainingContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long do 100 trees of depth 6 over 158 features take to score rows, in plain Java and by LightGBM's native code through
 * lightgbm4j, one thread each? The scores are equal in every bit, which {@link #setUp} requires.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar TreePredictionBenchmark</pre>
 *
 * <p>Figures in docs/benchmarks.md, "MLOps".
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TreePredictionBenchmark {
  private static final int WIDTH = 158;
  private static final int TRAINED = 2_000;

  /** Rows of one call. */
  @Param({"1", "64", "4096"})
  public int rows;

  private double[] values = new double[0];
  private double[] scores = new double[0];
  private Predictor own = LinearModel.of(
          List.of("none"), LinearModel.Link.IDENTITY, new double[1], 0)
      .predictor();
  private @Nullable LGBMBooster library;

  /** For JMH. */
  public TreePredictionBenchmark() {}

  /** Trains the model and requires that both score alike. */
  @Setup(Level.Trial)
  public void setUp() throws LGBMException {
    SplittableRandom random = new SplittableRandom(1);
    List<String> names = IntStream.range(0, WIDTH).mapToObj(i -> "f" + i).toList();
    double[] train = random.doubles((long) TRAINED * WIDTH, -1, 1).toArray();
    double[] labels = new double[TRAINED];
    for (int i = 0; i < TRAINED; i++) {
      labels[i] = train[i * WIDTH] * train[i * WIDTH + 1] + random.nextDouble();
    }
    TrainedModel model = new LightGbmTrainer()
        .train(
            TrainingData.of(names, train, labels),
            null,
            Map.of("num_iterations", "100", "max_depth", "6", "num_leaves", "64"),
            TrainingContext.silent(1));
    own = model.open();
    library = LGBMBooster.loadModelFromString(new String(model.bytes(), StandardCharsets.UTF_8));
    values = random.doubles((long) rows * WIDTH, -1, 1).toArray();
    scores = new double[rows];
    if (!Arrays.equals(inJava(), byTheLibrary())) {
      throw new QilinException(ErrorCode.RECORD_MISMATCH, "the two do not score alike");
    }
  }

  /** Gives the native memory back. */
  @TearDown(Level.Trial)
  public void tearDown() throws LGBMException {
    library().close();
    own.close();
  }

  /** The trees in plain Java, into an array that is used again. */
  @Benchmark
  public double[] inJava() {
    own.predict(values, rows, scores);
    return scores;
  }

  /** The same by native code. */
  @Benchmark
  public double[] byTheLibrary() throws LGBMException {
    return library()
        .predictForMat(
            values, rows, WIDTH, true, PredictionType.C_API_PREDICT_NORMAL, "num_threads=1");
  }

  private LGBMBooster library() {
    return Objects.requireNonNull(library, "library");
  }
}
