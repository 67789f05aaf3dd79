package io.qilin.examples;

import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/security-audit.md shows is what the program does. */
class AuditDocTest {
  @Test
  void whenTheProgramIsShown_thenItIsKeepAudit() throws IOException {
    DocPage.of("docs/security-audit.md").assertShows(0, KeepAudit.class);
  }

  @Test
  void whenTheProgramRuns_thenItPrintsWhatIsShown(@TempDir Path folder)
      throws IOException, GeneralSecurityException {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    DocPage.of("docs/security-audit.md")
        .assertPrinted(
            1,
            out -> KeepAudit.run(out, folder, SettableClock.at("2026-01-05T09:30:00+08:00"), keys));
  }
}
