package io.qilin.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the folder docs, compared with code. */
public final class DocPage {
  private final Path page;

  private DocPage(Path page) {
    this.page = page;
  }

  /** A page by its name. */
  public static DocPage of(String name) {
    return new DocPage(
        Path.of(System.getProperty("basedir", ".")).resolveSibling("docs").resolve(name));
  }

  private String text() throws IOException {
    return Files.readString(page).replace("\r\n", "\n");
  }

  /** Asserts that the page holds the table; with {@code -Dqilin.docs=write} it replaces the one that begins alike. */
  public void assertTable(String table) throws IOException {
    if ("write".equals(System.getProperty("qilin.docs"))) {
      String head = table.substring(0, table.indexOf('\n') + 1);
      String old = text();
      int from = old.indexOf(head);
      int to = old.indexOf("\n\n", from) + 1;
      Files.writeString(page, old.substring(0, from) + table + old.substring(to));
    }
    assertThat(text()).as("write it anew with -Dqilin.docs=write").contains(table);
  }

  /** Asserts that the first Java block after a heading stands in a source file of the tests, but for white space. */
  public void assertShows(String heading, Path source) throws IOException {
    String after = text().substring(text().indexOf(heading));
    int from = after.indexOf("```java\n") + 8;
    String block = after.substring(from, after.indexOf("```", from));
    assertThat(flat(Files.readString(source))).contains(flat(block));
  }

  private static String flat(String code) {
    return code.replaceAll("\\s+", "");
  }
}
