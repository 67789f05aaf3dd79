package io.qilin.restsource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RestExampleTest {
  @Test
  void whenTheProgramOfTheReadmeRuns_thenItPrintsWhatTheReadmeSays() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TushareDouble service = new TushareDouble();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      RestExample.tushare(service.settings(), out);
    }
    String printed = bytes.toString(StandardCharsets.UTF_8);
    assertThat(printed).isEqualTo("""
        shares traded: 3215857.0
        2023-09-30 announced 2023-10-21: 1.03E11
        """);
    assertThat(Files.readString(Path.of("README.md"))).contains(printed);
  }

  @Test
  void whenTheSpecOfTheReadmeIsRead_thenItIsGood() throws Exception {
    Matcher yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of("README.md")));
    assertThat(yaml.find()).isTrue();
    assertThat(RestSpec.parse(yaml.group(1), "README.md").endpoints()).hasSize(2);
  }
}
