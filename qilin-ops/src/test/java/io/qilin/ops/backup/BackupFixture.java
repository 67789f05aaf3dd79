package io.qilin.ops.backup;

import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Backups of one file, with clocks that a test moves. */
final class BackupFixture {
  final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  final AtomicLong nanos = new AtomicLong();
  final Path live;
  final Backups backups;

  BackupFixture(Path folder) {
    live = folder.resolve("live.txt");
    write("first");
    backups = backups(folder.resolve("backups")).build();
  }

  Backups.Builder backups(Path root) {
    return Backups.builder(root, clock, nanos::get)
        .part(FilePart.of("config", live, BackupFixture::check))
        .version("app", "1.2");
  }

  void write(String content) {
    try {
      Files.writeString(live, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a copy holds. */
  static String check(Path copy) throws IOException {
    return new String(Disk.read(copy, 1_000), StandardCharsets.UTF_8);
  }

  Path file(Backup backup, String path) {
    return backups.root().resolve(backup.name()).resolve(path);
  }
}
