package io.qilin.data.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a figure was measured; without it a figure means nothing.
 *
 * @param cpu the processor's model as Linux names it, {@value #UNKNOWN} elsewhere
 * @param processors how many processors the JVM may use
 * @param jvm name and build of the virtual machine
 */
public record Machine(String cpu, int processors, String jvm) {
  /** What stands for a processor that has no name here. */
  public static final String UNKNOWN = "unknown";

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  /** Checks that nothing is missing. */
  public Machine {
    Objects.requireNonNull(cpu, "cpu");
    Objects.requireNonNull(jvm, "jvm");
  }

  /** This machine. */
  public static Machine current() {
    return new Machine(
        model(CPU_INFO),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  /** The first model named in a file of Linux's form; unknown if there is no such file or no such line. */
  static String model(Path info) {
    try {
      return Files.readAllLines(info).stream()
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .filter(model -> !model.isEmpty())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
