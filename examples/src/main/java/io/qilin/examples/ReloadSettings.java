package io.qilin.examples;

import io.qilin.ops.config.ConfigLoader;
import io.qilin.ops.reload.ConfigEvent;
import io.qilin.ops.reload.LiveConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Reads limits out of a file, and again when the file changes. */
public final class ReloadSettings {
  /** What the host is configured with. */
  record Limits(int maxPositions, BigDecimal stopLoss) {}

  private ReloadSettings() {}

  /**
   * Runs on a new file in a folder.
   *
   * @param args the folder
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    run(System.out, Path.of(args[0]), Clock.systemUTC());
  }

  /** Does it all, and prints what is in use and what is told. */
  static void run(PrintStream out, Path folder, Clock clock) throws IOException {
    Path file = folder.resolve("limits.yaml");
    Files.writeString(file, "max-positions: 10\nstop-loss: 0.05\n");
    ConfigLoader<Limits> loader = ConfigLoader.builder(Limits.class).file(file).build();
    try (LiveConfig<Limits> live = LiveConfig.builder(loader, clock, System::nanoTime)
        .listener(event -> out.println(told(event)))
        .executor(Runnable::run)
        .debounce(Duration.ofSeconds(1)) // 250 ms unless set
        .start()) {
      out.println(live.current());
      Files.writeString(file, "max-positions: 20\nstop-loss: 0.05\n");
      live.reloadNow(); // so that the example need not wait for the watch
      out.println(live.current() + ", " + live.health().status());
    }
  }

  private static String told(ConfigEvent<Limits> event) {
    return event.fold(
        changed -> "version " + changed.version() + ": " + changed.changes(),
        refused -> "version " + refused.version() + " stays: " + refused.reason());
  }
}
