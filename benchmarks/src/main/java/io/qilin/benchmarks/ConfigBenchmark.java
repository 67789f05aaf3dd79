package io.qilin.benchmarks;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.ops.config.ConfigDefault;
import io.qilin.ops.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What does it cost to read a configuration from a YAML file: into a record with places and checks, or by the library beneath into maps?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar ConfigBenchmark
 * </pre>
 *
 * <p>{@code library} reads the same file by snakeyaml-engine's {@code Load} into maps and lists, with its places too, and checks nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConfigBenchmark {
  /** Each strategy has seven settings. */
  @Param({"5", "500"})
  private int strategies;

  private Path file;
  private ConfigLoader<Book> loader;

  /** The settings of a host. */
  record Book(List<Strategy> strategies, Duration pause) {}

  /** The settings of one strategy. */
  record Strategy(
      String name,
      List<Symbol> universe,
      int maxPositions,
      @ConfigDefault("0.10") double maxShare,
      Optional<Duration> pause,
      Map<String, Double> weights) {}

  /** Writes the file. */
  @Setup
  public void begin() throws IOException {
    StringBuilder text = new StringBuilder("pause: 5m\nstrategies:\n");
    for (int i = 0; i < strategies; i++) {
      text.append("  - name: s").append(i).append('\n');
      text.append("    universe: [600519.SH, 000001.SZ]\n    max-positions: 10\n");
      text.append("    pause: 250ms\n    weights: {value: 0.5, growth: 0.25}\n");
    }
    file = Files.createTempFile("qilin-config", ".yaml");
    Files.writeString(file, text);
    loader = ConfigLoader.builder(Book.class).file(file).build();
  }

  /** Removes the file. */
  @TearDown
  public void end() throws IOException {
    Files.delete(file);
  }

  /** Into a record, with all checks and the tree of places. */
  @Benchmark
  public Object qilin() {
    return loader.load();
  }

  /** Into maps and lists. */
  @Benchmark
  public Object library() {
    try {
      return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "cannot read " + file, e);
    }
  }
}
