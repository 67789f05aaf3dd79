package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are none, and texts that are written in another way than UTF-8. */
@Timeout(30)
class OddFilesTest {
  record Any(Map<String, String> any) {}

  @TempDir
  Path temp;

  private ConfigFolder folder;

  @BeforeEach
  void make() {
    folder = new ConfigFolder(temp);
  }

  private List<String> file(String name) {
    return folder.problems(ConfigLoader.builder(Any.class).file(folder.at(name)).build());
  }

  private List<String> folder(String name) {
    return folder.problems(
        ConfigLoader.builder(Any.class).folder(folder.at(name)).build());
  }

  @Test
  void whenAFileIsWhatNeverEnds_thenItIsNotRead() throws IOException {
    Path zeros = Path.of("/dev/zero");
    assumeTrue(Files.exists(zeros), "this system has no /dev/zero");
    Path link = Files.createSymbolicLink(folder.at("zero.yaml"), zeros);
    assertThat(file("zero.yaml")).containsExactly("zero.yaml: is no regular file");
    Files.delete(link);
  }

  @Test
  void whenLinksLeadToThemselves_thenItIsSaid() throws IOException {
    Files.createSymbolicLink(folder.at("loop.yaml"), Path.of("loop.yaml"));
    assertThat(file("loop.yaml")).containsExactly("loop.yaml: is a link that leads nowhere");
  }

  @Test
  void whenAFolderIsAFile_thenItIsSaid() {
    folder.write("app.yaml", "any: {}");
    assertThat(folder("app.yaml")).containsExactly("app.yaml: is no folder");
  }

  @Test
  void whenAFolderHoldsAFolderOfThatName_thenItIsRefused() throws IOException {
    folder.write("a.yaml", "any: {}");
    Files.createDirectory(folder.at("b.yaml"));
    assertThat(folder("")).containsExactly("b.yaml: is no regular file");
  }

  @Test
  void whenAFolderHoldsMoreFilesThanAreRead_thenNoneIsRead() {
    for (int i = 0; i < 300; i++) {
      folder.write("f" + i + ".yaml", "broken: [");
    }
    assertThat(folder(""))
        .containsExactly(temp.toAbsolutePath().normalize() + ": holds more than 256 files");
  }

  @Test
  void whenATextIsNotUtf8ButUtf16_thenItIsSaid() {
    for (Charset wide : List.of(
        StandardCharsets.UTF_16,
        StandardCharsets.UTF_16LE,
        StandardCharsets.UTF_16BE,
        Charset.forName("UTF-32"))) {
      for (String name : List.of("a.yaml", "a.json", "a.properties")) {
        folder.write(name, "{\"any\": {}}".getBytes(wide));
        assertThat(file(name))
            .containsExactly(name + ":1:1: is UTF-16 or UTF-32; save it as UTF-8");
      }
    }
  }

  @Test
  void whenATextBeginsWithTwoMarks_thenItIsRefused() {
    folder.write("a.yaml", "\uFEFF\uFEFFany: {}");
    assertThat(file("a.yaml")).containsExactly("a.yaml:1:1: begins with two byte order marks");
  }

  @Test
  void whenNumbersAndWordsAreWrittenOtherwise_thenTheyAreTextsOrRefused() {
    for (String text : List.of("0x10", "1_000", ".inf", ".nan", "0o17", "2026-01-05", "-0")) {
      assertThat(folder.yaml(Any.class, "any: {a: " + text + "}").any())
          .containsExactly(Map.entry("a", text));
    }
    assertThat(folder.yamlProblems(Any.class, "any: {a: ~}")).hasSize(1);
    assertThat(folder.yamlProblems(Any.class, "any:\n\ta: b")).hasSize(1);
    assertThat(folder.yamlProblems(Any.class, "any: {a: \0}")).hasSize(1);
    assertThat(folder.yamlProblems(Any.class, "any: " + "[".repeat(200_000))).hasSize(1);
  }

  @Test
  void whenKeysAreSpelledAlikeInOtherCharacters_thenTheyAreTwo() {
    assertThat(folder.yaml(Any.class, "any: {é: a, e\u0301: b, __proto__: c}").any())
        .containsOnlyKeys("é", "e\u0301", "__proto__");
  }
}
