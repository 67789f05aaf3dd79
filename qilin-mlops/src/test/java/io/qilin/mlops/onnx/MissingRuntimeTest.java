package io.qilin.mlops.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.QilinException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that did not add ONNX Runtime: writing and checking work, opening says what to add. */
class MissingRuntimeTest {
  @TempDir
  private Path folder;

  /** Opens a model where the jar is not on the class path. */
  static final class Host {
    private Host() {}

    public static void main(String[] args) {
      byte[] model = OnnxWriter.linear(new double[] {1, 2}, 3);
      System.out.println(OnnxCheck.check(model, OnnxLimits.DEFAULT).width());
      for (int i = 0; i < 2; i++) {
        try (OnnxModel opened = Samples.open(model, 2)) {
          System.out.println(opened.summary());
        } catch (QilinException e) {
          System.out.println(e.code() + " " + e.getMessage());
        }
      }
    }
  }

  @Test
  void whenTheJarIsMissing_thenOneErrorNamesIt() throws Exception {
    List<String> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.contains("onnxruntime")) {
        path.add(entry);
      }
    }
    Path out = folder.resolve("out.txt");
    Process child = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            String.join(File.pathSeparator, path),
            Host.class.getName())
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
    try {
      assertThat(child.waitFor(300, TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(Files.readString(out).lines())
        .hasSize(3)
        .startsWith("2")
        .filteredOn(line -> line.startsWith("UNSUPPORTED"))
        .hasSize(2)
        .allMatch(line -> line.contains("com.microsoft.onnxruntime:onnxruntime"));
  }
}
