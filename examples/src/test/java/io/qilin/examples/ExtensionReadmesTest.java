package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program that the README of an extension shows stands in its sources, where it is compiled and, as a test, run. */
class ExtensionReadmesTest {
  private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @MethodSource("extensions")
  void whenAReadmeShowsAProgram_thenItIsCompiled(Path extension) throws IOException {
    String sources = sources(extension);
    Matcher program = PROGRAM.matcher(Files.readString(extension.resolve("README.md")));
    while (program.find()) {
      assertThat(sources).contains(withoutSpace(program.group(1)));
    }
  }

  @ParameterizedTest
  @MethodSource("extensions")
  void whenAnExtensionIsRead_thenItsSizeIsTold(Path extension) throws IOException {
    assertThat(Files.readString(extension.resolve("README.md")))
        .as("the section of %s on its size", extension.getFileName())
        .contains("## Size");
  }

  static List<Path> extensions() throws IOException {
    try (Stream<Path> folders = Files.list(DocPage.root().resolve("extensions"))) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("README.md")))
          .sorted()
          .toList();
    }
  }

  private static String sources(Path extension) throws IOException {
    Path src = extension.resolve("src");
    if (!Files.exists(src)) {
      return "";
    }
    try (Stream<Path> files = Files.walk(src)) {
      StringBuilder all = new StringBuilder();
      files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(file -> {
        try {
          all.append(withoutSpace(Files.readString(file))).append('\n');
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      return all.toString();
    }
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }
}
