package io.qilin.examples;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What docs/security-token.md and docs/security-crypto.md show is what the programs do. */
class SignedTokensDocTest {
  @Test
  void whenTokensAreShown_thenThatIsTheProgramAndWhatItPrints() throws IOException {
    DocPage page = DocPage.of("docs/security-token.md");
    page.assertShows(0, SignedTokens.class);
    page.assertPrinted(1, SignedTokens::tokens);
  }

  @Test
  void whenFieldsAreShown_thenThatIsTheProgramAndWhatItPrints() throws IOException {
    DocPage page = DocPage.of("docs/security-crypto.md");
    page.assertShows(0, SignedTokens.class);
    page.assertPrinted(1, SignedTokens::fields);
  }
}
