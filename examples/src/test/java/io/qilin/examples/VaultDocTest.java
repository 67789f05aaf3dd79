package io.qilin.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/ops-vault.md shows is what the program does. */
class VaultDocTest {
  @Test
  void whenTheProgramRuns_thenItPrintsWhatIsShown(@TempDir Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    ConfigCliTest.key(folder, "2026-01", 1);
    ConfigCliTest.key(folder, "2026-07", 2);
    Path file = ConfigCliTest.privately(folder.resolve("broker.yaml"), "");
    DocPage page = DocPage.of("docs/ops-vault.md");
    page.assertShows(0, SealSettings.class);
    page.assertPrinted(1, out -> SealSettings.run(out, file, folder));
  }
}
