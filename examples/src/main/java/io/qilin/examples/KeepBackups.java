package io.qilin.examples;

import io.qilin.ops.backup.Backup;
import io.qilin.ops.backup.Backups;
import io.qilin.ops.backup.DrillReport;
import io.qilin.ops.backup.FilePart;
import io.qilin.ops.backup.Retention;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Backs up the models and the configuration of a host, drills, and brings them back. */
public final class KeepBackups {
  private KeepBackups() {}

  /**
   * Runs in a folder that is there and empty.
   *
   * @param args the folder
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    run(System.out, Path.of(args[0]), Clock.systemUTC());
  }

  /** Does it all, and prints what it finds. */
  static void run(PrintStream out, Path folder, Clock clock) throws IOException {
    Path store = folder.resolve("models");
    Path config = Files.writeString(folder.resolve("config.yaml"), "top: 2\n");
    try (ModelStore running = ModelStore.open(store, clock)) {
      Backups backups = Backups.builder(folder.resolve("backups"), clock, System::nanoTime)
          .part(StoreParts.models(store))
          .part(FilePart.of("config", config, Files::readString))
          .rehearsal("registry", StoreParts::openModels)
          .build();
      running.tracker().createExperiment("daily", Map.of());
      Backup made = backups.create();
      out.println(made.name() + ": " + made.parts().size() + " parts");
      out.println("whole: " + backups.verify(made).clean());
      DrillReport drill = backups.drill(folder.resolve("drill"));
      out.println("drill: " + drill.rehearsals().get("registry") + ", age " + drill.age());
      backups.retain(Retention.DEFAULT);
      backups.restore(made, folder.resolve("restored"));
      out.print(Files.readString(folder.resolve("restored/config/config.yaml")));
    }
  }
}
