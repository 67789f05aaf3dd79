package io.qilin.mlops.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs hostile models in a JVM of 256 MB heap within 4 GiB of addresses, so that a bomb or a crash hits only that. */
final class ChildJvm {
  private ChildJvm() {}

  /**
   * What became of each model, by name: {@code RAN}, {@code REFUSED} or {@code STOPPED} and more.
   *
   * @param folder where files are put
   */
  static Map<String, String> outcomes(Map<String, byte[]> models, Path folder)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    models.forEach((id, model) -> lines.add(id + " " + Base64.getEncoder().encodeToString(model)));
    Path list = Files.write(folder.resolve("models.txt"), lines);
    Path out = folder.resolve("out.txt");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder start = new ProcessBuilder(
            "sh",
            "-c",
            "ulimit -v 4194304; exec \"$0\" \"$@\"",
            java.toString(),
            "-Xmx256m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:CompressedClassSpaceSize=64m",
            "-XX:TieredStopAtLevel=1",
            HostileChild.class.getName(),
            list.toString())
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .directory(folder.toFile());
    // Not among the arguments: ONNX Runtime crashes where they are long.
    start.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process child = start.start();
    try {
      assertThat(child.waitFor(300, TimeUnit.SECONDS)).as("the child ends").isTrue();
    } finally {
      child.destroyForcibly();
    }
    String text = Files.readString(out);
    assertThat(child.exitValue()).as(text).isZero();
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (String line : text.split("\n")) {
      String[] parts = line.split("\t", 3);
      if (parts.length == 3) {
        outcomes.put(parts[0], parts[2]);
      }
    }
    assertThat(outcomes.keySet()).as(text).isEqualTo(models.keySet());
    return outcomes;
  }
}
