package io.qilin.benchmarks;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.Predictor;
import io.qilin.api.model.StageReason;
import io.qilin.mlops.artifact.ArtifactHold;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.registry.EmbeddedRegistry;
import io.qilin.mlops.serving.ServingPredictor;
import io.qilin.mlops.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
 * How long does it take to ask the registry for the production version, and what does serving add to the bare predictor?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar ServingBenchmark -prof gc
 * java -jar benchmarks/target/benchmarks.jar ServingBenchmark -t 2
 * </pre>
 *
 * <p>The model is linear over 158 features in plain Java, the cheapest there is, so what serving adds weighs most here. The
 * registry is an SQLite file; its answers come from memory but for one a second. The last figures are in {@code
 * docs/benchmarks.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ServingBenchmark {
  private static final int WIDTH = 158;
  private static final String NAME = "linear";

  /** Rows in a call. */
  @Param({"1", "64"})
  public int batch;

  private final Linear bare = new Linear();
  private Path folder;
  private Database database;
  private EmbeddedRegistry registry;
  private ServingPredictor serving;
  private double[] rows;

  /** Places for scores, of each thread. */
  @State(Scope.Thread)
  public static class Scores {
    final double[] scores = new double[64];

    /** For JMH. */
    public Scores() {}
  }

  /** For JMH. */
  public ServingBenchmark() {}

  /** Registers and promotes a version and opens it. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    folder = Files.createTempDirectory("qilin-serving");
    database = Database.sqlite(folder.resolve("store.db"));
    ArtifactStore artifacts = ArtifactStore.open(folder.resolve("artifacts"), Clock.systemUTC());
    registry = EmbeddedRegistry.builder(database, artifacts, Clock.systemUTC(), System::nanoTime)
        .open();
    try (ArtifactHold hold = artifacts.put(new byte[8 * WIDTH])) {
      ModelVersion version = registry.register(ModelDraft.builder(NAME, "linear", bare.signature())
          .file("weights", hold.artifact().sha256())
          .build());
      registry.move(version.id(), ModelStage.PRODUCTION, StageReason.of("benchmark"));
    }
    serving = ServingPredictor.builder(
            registry, NAME, version -> bare, Clock.systemUTC(), System::nanoTime)
        .open();
    rows = new Random(1).doubles(64 * WIDTH).toArray();
  }

  /** Removes the folder. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    serving.close();
    database.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(ServingBenchmark::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The production version, as a caller asks before each call. */
  @Benchmark
  public Optional<ModelVersion> registryRead() {
    return registry.production(NAME);
  }

  /** The predictor alone. */
  @Benchmark
  public double[] bare(Scores mine) {
    bare.predict(rows, batch, mine.scores);
    return mine.scores;
  }

  /** The same predictor, served: exchangeable, timed, checked. */
  @Benchmark
  public double[] served(Scores mine) {
    serving.predict(rows, batch, mine.scores);
    return mine.scores;
  }

  /** Sums of products in two lanes. */
  private static final class Linear implements Predictor {
    private final double[] weights = new Random(2).doubles(WIDTH).toArray();
    private final ModelSignature signature = new ModelSignature(
        IntStream.range(0, WIDTH).mapToObj(i -> "f" + i).toList(), ModelSignature.Missing.NO_SCORE);

    @Override
    public ModelSignature signature() {
      return signature;
    }

    @Override
    public void predict(double[] rows, int count, double[] scores) {
      if (count * WIDTH > rows.length || count > scores.length) {
        throw new QilinException(ErrorCode.MODEL_MISMATCH, "too short");
      }
      for (int row = 0; row < count; row++) {
        double a = 0;
        double b = 0;
        int at = row * WIDTH;
        for (int i = 0; i < WIDTH; i += 2) {
          a += weights[i] * rows[at + i];
          b += weights[i + 1] * rows[at + i + 1];
        }
        scores[row] = a + b;
      }
    }

    @Override
    public void close() {}
  }
}
