package io.qilin.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pages of the folder docs that are generated from code. */
public final class DocFile {
  private DocFile() {}

  /** Asserts that the page is what the code generates; writes it instead if the build was told so. */
  public static void check(String name, String generated, Class<?> test) throws IOException {
    Path page =
        Path.of(System.getProperty("basedir", ".")).resolveSibling("docs").resolve(name);
    if ("write".equals(System.getProperty("qilin.docs"))) {
      Files.writeString(page, generated);
    }
    assertThat(Files.readString(page).replace("\r\n", "\n"))
        .as(
            "docs/%s is generated; write it anew with: mvn -Pfast test -pl qilin-core -am -Dtest=%s"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dqilin.docs=write",
            name, test.getSimpleName())
        .isEqualTo(generated);
  }

  /** A text as a cell of a table. */
  public static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
