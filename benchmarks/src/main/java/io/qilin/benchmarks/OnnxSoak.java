package io.qilin.benchmarks;

import io.qilin.mlops.onnx.OnnxModel;
import io.qilin.mlops.onnx.OnnxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Does native memory stay flat over a million calls of every size, and over models that are opened and closed?
 *
 * <pre>
 * java -Xmx128m -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.OnnxSoak --calls 1000000 --models 200
 * </pre>
 *
 * <p>Prints the resident memory of the process, as Linux tells it, ten times.
 */
public final class OnnxSoak {
  private static final int MOST = 200;

  private OnnxSoak() {}

  /**
   * Runs and prints.
   *
   * @param args {@code --calls} in all; {@code --models} opened and closed in all
   */
  public static void main(String[] args) throws IOException {
    Arguments arguments =
        Arguments.parse(List.of(args), Map.of("calls", "1000000", "models", "200"));
    int calls = arguments.count("calls", 10);
    int models = arguments.count("models", 0);
    OnnxOptions options = OnnxOptions.builder(System::nanoTime).build();
    byte[] linear = OnnxCase.model("linear");
    byte[] trees = OnnxCase.model("trees");
    double[] rows = new double[MOST * OnnxCase.WIDTH];
    double[] scores = new double[MOST];
    try (OnnxModel kept = OnnxModel.open(linear, OnnxCase.signature(), options)) {
      for (int part = 1; part <= 10; part++) {
        for (int i = 0; i < calls / 10; i++) {
          int count = i % 100 == 0 ? 1 + i / 100 % MOST : 1;
          kept.predict(rows, count, scores);
        }
        for (int i = 0; i < models / 10; i++) {
          try (OnnxModel opened = OnnxModel.open(trees, OnnxCase.signature(), options)) {
            opened.predict(rows, MOST, scores);
          }
        }
        System.out.println("after " + (long) part * (calls / 10) + " calls and "
            + part * (models / 10) + " models: " + resident());
      }
    }
  }

  private static String resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return line.substring("VmRSS:".length()).strip();
      }
    }
    return "not told";
  }
}
