package io.qilin.mlops.onnx;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelSignature.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The child process that opens and runs hostile models: reads lines of a name and Base64, prints for each the name, what
 * became of it, and the milliseconds it took.
 */
final class HostileChild {
  private static final int ROWS = 5;

  private HostileChild() {}

  public static void main(String[] args) throws IOException {
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] parts = line.split(" ", -1);
      byte[] model = Base64.getDecoder().decode(parts[1]);
      long start = System.nanoTime();
      String outcome = outcome(model, watch);
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.println(parts[0] + "\t" + millis + "\t" + outcome);
    }
    watch.shutdownNow();
    System.out.println("END");
  }

  private static String outcome(byte[] model, ScheduledExecutorService watch) {
    OnnxOptions options = OnnxOptions.builder(System::nanoTime)
        .deadline(Duration.ofSeconds(30))
        .watch(watch)
        .build();
    int width;
    try {
      width = OnnxCheck.check(model, options.limits()).width();
    } catch (QilinException e) {
      return "REFUSED " + e.code() + " " + e.getMessage();
    }
    if (width < 1 || width > 10_000) {
      return "REFUSED WIDTH " + width;
    }
    String mismatch;
    try (OnnxModel wrong = OnnxModel.open(model, signature(width + 1), options)) {
      mismatch = "NO MISMATCH " + wrong.summary();
    } catch (QilinException e) {
      mismatch = e.code().name();
    }
    try (OnnxModel opened = OnnxModel.open(model, signature(width), options)) {
      double[] rows = new double[ROWS * width];
      Arrays.setAll(rows, i -> (i * 37 % 11 - 5) / 4.0);
      double[] outputs = new double[ROWS * opened.summary().columns()];
      opened.outputs(rows, ROWS, outputs);
      opened.predict(rows, ROWS, new double[ROWS]);
      return "RAN " + mismatch + " " + width + " " + Arrays.toString(outputs);
    } catch (QilinException e) {
      return "STOPPED " + e.code() + " " + e.getMessage();
    }
  }

  private static ModelSignature signature(int width) {
    List<String> features = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      features.add("f" + i);
    }
    return new ModelSignature(features, Missing.NO_SCORE);
  }
}
