package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenConfigTest {
  @TempDir
  private Path folder;

  private static WrittenConfig parse(String name, String text) {
    return WrittenConfig.parse(
        Path.of(name), text.getBytes(StandardCharsets.UTF_8), ConfigLimits.DEFAULT);
  }

  @Test
  void whenAFileIsParsed_thenEachValueHasItsPathAndPlaceInOrder() {
    WrittenConfig yaml = parse("a.yaml", "b:\n  - x\n  - {c.d: 'y'}\na: ~\nsized: {}\n");
    assertThat(yaml.values())
        .containsExactly(
            new WrittenValue("b[0]", "x", "a.yaml:2:5", 2),
            new WrittenValue("b[1][\"c.d\"]", "y", "a.yaml:3:11", 3),
            new WrittenValue("a", "~", "a.yaml:4:4", 4));
    assertThat(parse("a.json", "{\n\"b\": [1,\n true]}").values())
        .containsExactly(
            new WrittenValue("b[0]", "1", "a.json:2:7", 2),
            new WrittenValue("b[1]", "true", "a.json:3:2", 3));
    assertThat(parse("a.properties", "# c\nb[0]=x\n").values())
        .containsExactly(new WrittenValue("b[0]", "x", "a.properties:2:1", 2));
    assertThat(yaml).hasToString("WrittenConfig[3 values]");
  }

  @Test
  void whenFilesAreReadOverEachOther_thenTheLaterWinsAsForALoader() throws IOException {
    Path app = Files.writeString(folder.resolve("app.yaml"), "a: 1\nl: [1, 2, 3]\nm: {x: 1}\n");
    Files.writeString(folder.resolve("app-prod.yaml"), "l: [4]\nm: {y: 2}\n");
    Path more = Files.writeString(folder.resolve("more.json"), "{\"a\": 5}");
    List<WrittenValue> values = WrittenConfig.read(
            List.of(app, more), List.of("prod", "none"), ConfigLimits.DEFAULT)
        .values();
    assertThat(values)
        .extracting(value -> value.path() + "=" + value.text())
        .containsExactlyInAnyOrder("a=5", "l[0]=4", "m.x=1", "m.y=2");
  }

  @Test
  void whenFormsAreWrong_thenAllIsToldAtOnce() throws IOException {
    Path app = Files.writeString(folder.resolve("app.yaml"), "a: 1\na: 2\n");
    Path more = Files.writeString(folder.resolve("more.json"), "{\"a\": 5");
    List<Path> files = List.of(app, more, folder.resolve("none.yaml"), folder.resolve("app.txt"));
    assertThatThrownBy(() -> WrittenConfig.read(files, List.of(), ConfigLimits.DEFAULT))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContainingAll("4 problems", "app.yaml:2:1", "more.json", "none.yaml", "app.txt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user|wang|wang",
        "broker.password|x|***",
        "llm[0].api-key|x|***",
        "tokens[2]|x|***",
        "password.user|wang|wang",
        "pin|ENC(k1:AAAA)|ENC(***)",
        "pin|ENC(oops|ENC(***)",
        "url|https://u:p@x/|https://***@x/",
      })
  void whenAValueIsShown_thenItsSecretsAreNot(String path, String text, String shown) {
    WrittenValue value = new WrittenValue(path, text, "a.yaml:1:1", 1);
    assertThat(value.shown()).isEqualTo(shown);
    assertThat(value).hasToString(path + " = '" + shown + "'  # a.yaml:1:1");
  }
}
