package io.qilin.examples;

import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/ops-backup.md and docs/ops-lifecycle.md show is what the programs do. */
class OpsDocTest {
  @Test
  void whenBackupsAreShown_thenTheyAreKeepBackups(@TempDir Path folder) throws IOException {
    DocPage page = DocPage.of("docs/ops-backup.md");
    page.assertShows(0, KeepBackups.class);
    page.assertPrinted(
        1, out -> KeepBackups.run(out, folder, SettableClock.at("2026-01-05T09:30:00+08:00")));
  }

  @Test
  void whenALifeCycleIsShown_thenItIsStopHost() throws IOException {
    DocPage page = DocPage.of("docs/ops-lifecycle.md");
    page.assertShows(0, StopHost.class);
    page.assertPrinted(1, StopHost::run);
  }
}
